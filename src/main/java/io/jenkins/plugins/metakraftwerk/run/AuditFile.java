package io.jenkins.plugins.metakraftwerk.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The files of the audit log. The newest of {@value #FILES} has no number; none is larger than 10 MiB, but for its last
 * line.
 */
final class AuditFile implements AuditLines {

    static final String NAME = "metakraftwerk-audit.jsonl";
    static final int FILES = 10;
    static final long MOST_BYTES = 10L * 1024 * 1024;

    private static final int BLOCK = 8 * 1024;

    private final Path folder;

    AuditFile(Path folder) {
        this.folder = folder;
    }

    @Override
    public void append(String line) throws IOException {
        Files.createDirectories(folder);
        Path file = file(0);
        if (Files.exists(file) && Files.size(file) >= MOST_BYTES) {
            rotate();
        }
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = endOfLines(channel);
            channel.truncate(end);
            write(channel, end, ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Where the last whole line ends: a crash or a full disk may have left a part of one behind it. */
    private static long endOfLines(FileChannel channel) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long end = channel.size(); end > 0; ) {
            long begin = Math.max(0, end - BLOCK);
            block.clear().limit((int) (end - begin));
            while (block.hasRemaining() && channel.read(block, begin + block.position()) >= 0) {
                // It may come in parts.
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return begin + i + 1;
                }
            }
            end = begin;
        }
        return 0;
    }

    private static void write(FileChannel channel, long from, ByteBuffer bytes) throws IOException {
        long position = from;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    private void rotate() throws IOException {
        for (int older = FILES - 2; older >= 0; older--) {
            Path file = file(older);
            if (Files.exists(file)) {
                Files.move(file, file(older + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path file(int number) {
        return folder.resolve(number == 0 ? NAME : NAME + "." + number);
    }

    /** Where it is. */
    @Override
    public String toString() {
        return folder.toString();
    }
}
