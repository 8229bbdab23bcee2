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

/** Stores the memory in a file. After a crash, the file holds the last memory or the one before it. */
public final class BuildMemoryFile implements FinishedBuildTracker.Storage {

    private static final Logger LOGGER = Logger.getLogger(BuildMemoryFile.class.getName());

    /** Limit in bytes, several times the size of a full memory. A longer text is cut, and is not understood then. */
    static final int MOST = 32 * 1024 * 1024;

    private final Disk disk;
    private final Supplier<Path> path;

    /** @param path returns the current path of the file */
    public BuildMemoryFile(Disk disk, Supplier<Path> path) {
        this.disk = disk;
        this.path = path;
    }

    @Override
    public Optional<String> read() throws IOException {
        try {
            // Decoded here, since bytes that are no text would make Files.readString fail for the
            // whole file.
            return Optional.of(new String(disk.read(path.get(), MOST), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void write(String text) throws IOException {
        disk.replace(path.get(), text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void keepAside() throws IOException {
        JournalFile file = new JournalFile(disk, path.get());
        file.moveAside();
        LOGGER.warning(() -> "Could not understand " + file + ", and put it aside");
    }

    @Override
    public String toString() {
        return path.get().toString();
    }
}
