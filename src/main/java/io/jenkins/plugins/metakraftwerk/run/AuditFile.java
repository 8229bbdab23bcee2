package io.jenkins.plugins.metakraftwerk.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** Files of one kind of the audit log. The newest has no number; the greater the number, the older the file. */
final class AuditFile implements AuditLineStore {

    static final String NAME = "metakraftwerk-audit.jsonl";
    static final String UNSENT_NAME = "metakraftwerk-audit-refused.jsonl";

    private static final int BLOCK = 8 * 1024;

    /**
     * Limits of the files.
     *
     * @param files the number of files; at least 2, so that one is left when another begins
     * @param bytes the maximum size of a file, which its last line may exceed
     */
    record Size(int files, long bytes) {
        static Size ofMegabytes(int files, int megabytes) {
            return new Size(files, megabytes * 1024L * 1024);
        }
    }

    private final Path folder;
    private final String name;
    private final Supplier<Size> size;

    /** @param size the limits, read for each line since they may change */
    AuditFile(Path folder, String name, Supplier<Size> size) {
        this.folder = folder;
        this.name = name;
        this.size = size;
    }

    @Override
    public void append(String line) throws IOException {
        Files.createDirectories(folder);
        Path file = file(0);
        Size limit = size.get();
        if (Files.exists(file) && Files.size(file) >= limit.bytes()) {
            rotate(limit.files());
        }
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = endOfLines(channel);
            channel.truncate(end);
            write(channel, end, ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Returns the end of the last whole line. A crash or a full disk may have left a part of a line behind it. */
    private static long endOfLines(FileChannel channel) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long end = channel.size(); end > 0; ) {
            long begin = Math.max(0, end - BLOCK);
            block.clear().limit((int) (end - begin));
            while (block.hasRemaining() && channel.read(block, begin + block.position()) >= 0) {
                // A read may return a part only.
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

    private void rotate(int files) throws IOException {
        // Also deletes older files, from a time when more were kept.
        for (int old = files - 1; Files.deleteIfExists(file(old)); old++) {
            // The next one is older.
        }
        for (int older = files - 2; older >= 0; older--) {
            Path file = file(older);
            if (Files.exists(file)) {
                Files.move(file, file(older + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path file(int number) {
        return folder.resolve(number == 0 ? name : name + "." + number);
    }

    /** Returns the path of the newest file. */
    @Override
    public String toString() {
        return file(0).toString();
    }
}
