package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Reads a journal, and knows what is wrong with it. For one thread at a time, but {@link #trouble}. */
final class JournalReader {

    private static final Logger LOGGER = Logger.getLogger(JournalReader.class.getName());

    /** However many ask, what cannot be read is read no more often. */
    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private final JournalFile file;
    private final JournalContent content;
    private final Timing timing;
    private volatile Trouble trouble;
    private boolean read;
    private Duration lookedAt;

    JournalReader(JournalFile file, JournalContent content, Timing timing) {
        this.file = file;
        this.content = content;
        this.timing = timing;
    }

    /** Null where all of it was read and understood. Does not block. */
    Trouble trouble() {
        return trouble;
    }

    /** The lines that are not understood. */
    List<String> damaged() {
        return trouble == null ? List.of() : trouble.damaged();
    }

    /** Whether all that was there is known, but for damaged lines. */
    boolean isRead() {
        return read;
    }

    /** The first look; if it fails, {@link #trouble} says so. */
    void begin() {
        try {
            read(List.of());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not begin with " + file);
        }
    }

    /** Reads again what is in trouble, unless that was done a short while ago. */
    void lookAgain(List<String> waiting) {
        if (trouble != null && lookedAt.plus(BETWEEN).compareTo(timing.uptime()) <= 0) {
            try {
                read(waiting);
            } catch (IOException e) {
                LOGGER.log(Level.FINE, e, () -> "Still cannot read " + file);
            }
        }
    }

    /**
     * Reads it.
     *
     * @param waiting what is to be added to it
     */
    void read(List<String> waiting) throws IOException {
        lookedAt = timing.uptime();
        try {
            List<String> lines = file.read();
            // What others rely on from now on may have been written without that.
            file.force();
            take(lines, waiting);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            // What was read before is known all the same.
            if (!read) {
                see(Trouble.unread(file, e));
            }
            throw e instanceof IOException known ? known : new IOException(e);
        }
    }

    private void take(List<String> lines, List<String> waiting) {
        List<String> understood = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        for (String line : lines) {
            (line.isBlank() || content.understands(line) ? understood : damaged).add(line);
        }
        content.load(understood, waiting);
        read = true;
        see(damaged.isEmpty() ? null : damaged(damaged));
    }

    /** Somebody has put aside what was damaged. */
    void repaired() {
        trouble = null;
    }

    private Trouble damaged(List<String> lines) {
        Set<String> servers = new LinkedHashSet<>();
        for (String line : lines) {
            Optional<String> server = content.serverOf(line);
            if (server.isEmpty()) {
                return Trouble.damaged(file, lines, Set.of());
            }
            servers.add(server.get());
        }
        return Trouble.damaged(file, lines, servers);
    }

    private void see(Trouble now) {
        if (now != null && !now.equals(trouble)) {
            LOGGER.warning(() -> now.text() + " " + now.path());
        }
        trouble = now;
    }
}
