package io.jenkins.plugins.metakraftwerk.deploy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Lines that are kept across restarts, each appended by itself, so that a note costs the same however many there are. It
 * is written on an executor, one line after another; nobody waits under a lock for a disk.
 *
 * <p>A store that cannot be read or written is told to the log and otherwise does no harm: what is noted then lasts as
 * long as the process.
 */
public final class Journal {

    private static final Logger LOGGER = Logger.getLogger(Journal.class.getName());

    /** Where the lines are. */
    public interface Storage {
        /** All lines, without one that a crash left unfinished; empty if there are none yet. */
        List<String> read() throws IOException;

        void append(String line) throws IOException;

        /** Puts other lines in the place of all, at once. */
        void replace(List<String> lines) throws IOException;
    }

    /** Tells what is worth keeping when the journal has grown too long. */
    interface Keeper {
        List<String> lines();
    }

    private final Storage storage;
    private final Executor writer;
    private final int most;
    private long length;

    /**
     * @param writer may block
     * @param most how many lines are worth keeping; the journal is cut when it has twice as many
     */
    public Journal(Storage storage, Executor writer, int most) {
        this.storage = storage;
        this.writer = new SerialExecutor(writer);
        this.most = most;
    }

    int most() {
        return most;
    }

    /** What was noted before this process began. Called once, before anything is appended. */
    List<String> read() {
        try {
            List<String> lines = storage.read();
            length = lines.size();
            return lines;
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read " + storage);
            return List.of();
        }
    }

    /**
     * Appends a line.
     *
     * @return completes when the line would survive a crash, or could not be written; never fails
     */
    CompletableFuture<Void> append(String line, Keeper keeper) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        try {
            writer.execute(() -> {
                try {
                    write(line, keeper);
                } finally {
                    written.complete(null);
                }
            });
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not note in " + storage);
            written.complete(null);
        }
        return written;
    }

    private void write(String line, Keeper keeper) {
        try {
            storage.append(line);
            if (++length > 2L * most) {
                List<String> kept = new ArrayList<>(keeper.lines());
                storage.replace(kept);
                length = kept.size();
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not note in " + storage);
        }
    }
}
