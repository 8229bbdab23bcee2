package io.jenkins.plugins.metakraftwerk.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Supplier;

/** A memory in a file, which is written beside its place and then moved there. */
public final class MemoryFile implements FinishedBuilds.Storage {

    private final Supplier<Path> place;

    /** @param place where the file is now */
    public MemoryFile(Supplier<Path> place) {
        this.place = place;
    }

    @Override
    public Optional<String> read() throws IOException {
        try {
            // Not as a string at once, since bytes that are no text would make all of it unreadable.
            return Optional.of(new String(Files.readAllBytes(place.get()), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void write(String text) throws IOException {
        Path file = place.get();
        Path beside = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(beside, text, StandardCharsets.UTF_8);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void keepAside() throws IOException {
        Path file = place.get();
        Files.move(file, file.resolveSibling(file.getFileName() + ".unreadable"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String toString() {
        return place.get().toString();
    }
}
