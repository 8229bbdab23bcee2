package io.jenkins.plugins.metakraftwerk.store;

import io.jenkins.plugins.metakraftwerk.client.Text;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Set;

/**
 * The reason why a file does not tell all that was stored in it.
 *
 * @param file its name, and {@code path} its full path
 * @param reason why it cannot be read; null if it was read
 * @param damaged its lines that cannot be understood
 * @param servers the addresses of the servers of these lines; empty if a line may be about any server
 */
public record FileTrouble(String file, String path, String reason, List<String> damaged, Set<String> servers) {

    static FileTrouble unread(JournalFile file, Throwable failure) {
        return new FileTrouble(file.name(), file.toString(), reasonOf(failure), List.of(), Set.of());
    }

    static FileTrouble damaged(JournalFile file, List<String> lines, Set<String> servers) {
        return new FileTrouble(file.name(), file.toString(), null, List.copyOf(lines), Set.copyOf(servers));
    }

    /** True if an entry about this server may be lost. */
    public boolean concerns(String server) {
        return servers.isEmpty() || servers.contains(server);
    }

    /** Returns a text for people, who need not know the path. */
    public Text text() {
        return reason == null
                ? Text.forKey("memory.damaged", file, damaged.size())
                : Text.forKey("memory.unread", file, reason);
    }

    /** Returns the reason for a failed read or write, in the words of the operating system and without the path. */
    public static String reasonOf(Throwable failure) {
        String words = failure instanceof FileSystemException known && known.getFile() != null
                ? known.getReason()
                : failure instanceof IOException ? failure.getMessage() : null;
        return words == null ? failure.getClass().getSimpleName() : words;
    }
}
