package io.jenkins.plugins.metakraftwerk.watch;

import io.jenkins.plugins.metakraftwerk.store.Disk;
import io.jenkins.plugins.metakraftwerk.store.JournalFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** A memory in a file, of which after a crash the last one is there, or the one before. */
public final class BuildMemoryFile implements FinishedBuildTracker.Storage {

    private static final Logger LOGGER = Logger.getLogger(BuildMemoryFile.class.getName());

    /** In bytes: several times what a full one has. What is longer is cut, and then not understood. */
    static final int MOST = 32 * 1024 * 1024;

    private final Disk disk;
    private final Supplier<Path> place;

    /** @param place where the file is now */
    public BuildMemoryFile(Disk disk, Supplier<Path> place) {
        this.disk = disk;
        this.place = place;
    }

    @Override
    public Optional<String> read() throws IOException {
        try {
            // Not as a string at once, since bytes that are no text would make all of it unreadable.
            return Optional.of(new String(disk.read(place.get(), MOST), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void write(String text) throws IOException {
        disk.replace(place.get(), text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void keepAside() throws IOException {
        JournalFile file = new JournalFile(disk, place.get());
        file.moveAside();
        LOGGER.warning(() -> "Could not understand " + file + ", and put it aside");
    }

    @Override
    public String toString() {
        return place.get().toString();
    }
}
