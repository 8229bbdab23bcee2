package io.jenkins.plugins.metakraftwerk.store;

import io.jenkins.plugins.metakraftwerk.client.Text;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Set;

/**
 * Why a file does not tell all that is to be remembered.
 *
 * @param file its name, and {@code path} where it is
 * @param reason why it cannot be read; null where it was read
 * @param damaged its lines that cannot be understood
 * @param servers the addresses of the servers that these are about; empty where one of them may be about any
 */
public record FileTrouble(String file, String path, String reason, List<String> damaged, Set<String> servers) {

    static FileTrouble unread(JournalFile file, Throwable failure) {
        return new FileTrouble(file.name(), file.toString(), reasonOf(failure), List.of(), Set.of());
    }

    static FileTrouble damaged(JournalFile file, List<String> lines, Set<String> servers) {
        return new FileTrouble(file.name(), file.toString(), null, List.copyOf(lines), Set.copyOf(servers));
    }

    /** Whether something of that server may be lost. */
    public boolean concerns(String server) {
        return servers.isEmpty() || servers.contains(server);
    }

    /** For a person who need not know where the file is. */
    public Text text() {
        return reason == null
                ? Text.forKey("memory.damaged", file, damaged.size())
                : Text.forKey("memory.unread", file, reason);
    }

    /** Why a file cannot be read or written, in the words of the operating system, without the path. */
    public static String reasonOf(Throwable failure) {
        String said = failure instanceof FileSystemException known && known.getFile() != null
                ? known.getReason()
                : failure instanceof IOException ? failure.getMessage() : null;
        return said == null ? failure.getClass().getSimpleName() : said;
    }
}
