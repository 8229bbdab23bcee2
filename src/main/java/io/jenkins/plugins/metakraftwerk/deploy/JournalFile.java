package io.jenkins.plugins.metakraftwerk.deploy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A journal in a file, as lines of UTF-8. */
public final class JournalFile implements Journal.Storage {

    private final Path file;

    /** Where a line begins that a crash left unfinished; negative where there is none. */
    private long torn = -1;

    public JournalFile(Path file) {
        this.file = file;
    }

    @Override
    public List<String> read() throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            torn = end < bytes.length ? end : -1;
            // Not as lines, since bytes that are no text would make all of it unreadable.
            return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    @Override
    public void append(String line) throws IOException {
        if (torn >= 0) {
            cut();
        }
        Files.writeString(
                file, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** What is unfinished might otherwise be taken for a line: a claim of an owner whose name was cut short. */
    private void cut() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(torn);
        }
        torn = -1;
    }

    @Override
    public void replace(List<String> lines) throws IOException {
        Path shorter = file.resolveSibling(file.getFileName() + ".tmp");
        Files.write(shorter, lines, StandardCharsets.UTF_8);
        Files.move(shorter, file, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
