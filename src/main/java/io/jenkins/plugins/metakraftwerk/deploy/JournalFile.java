package io.jenkins.plugins.metakraftwerk.deploy;

import java.io.IOException;
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
    private boolean torn;

    public JournalFile(Path file) {
        this.file = file;
    }

    @Override
    public List<String> read() throws IOException {
        try {
            // Not as lines, since bytes that are no text would make all of it unreadable.
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n') + 1;
            torn = end < text.length();
            return text.substring(0, end).lines().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    @Override
    public void append(String line) throws IOException {
        // The first line must not be written to the end of one that a crash left unfinished.
        String begin = torn ? "\n" : "";
        Files.writeString(
                file,
                begin + line + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        torn = false;
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
