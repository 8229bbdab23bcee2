package io.jenkins.plugins.metakraftwerk.store;

import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Reads a journal and knows its damage. For one thread at a time, except {@link #trouble}. */
final class JournalReader {

    private static final Logger LOGGER = Logger.getLogger(JournalReader.class.getName());

    /** The shortest time between two attempts to read a damaged file. */
    private static final Duration BETWEEN = Duration.ofSeconds(5);

    /** Limit of the damaged lines that are kept beside new ones, in characters. */
    private static final long MOST_DAMAGED = LineLimits.MOST_OF_FILE / 8;

    private final JournalFile file;
    private final JournalContent content;
    private final Timing timing;
    private volatile FileTrouble trouble;
    private boolean read;
    private Duration readAt;

    JournalReader(JournalFile file, JournalContent content, Timing timing) {
        this.file = file;
        this.content = content;
        this.timing = timing;
    }

    /** Returns null if all of it was read and understood. Does not block. */
    FileTrouble trouble() {
        return trouble;
    }

    /** Returns the lines that are not understood. */
    List<String> damaged() {
        return trouble == null ? List.of() : trouble.damaged();
    }

    /** True if all lines but the damaged ones are known. */
    boolean isRead() {
        return read;
    }

    /** Reads for the first time. If that fails, {@link #trouble} tells why. */
    void begin() {
        try {
            read(List::of);
        } catch (IOException | RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not begin with " + file);
        }
    }

    /** Reads again if there is trouble, unless that was done a short while ago. */
    void lookAgain(Supplier<List<String>> waiting) {
        if (trouble != null && readAt.plus(BETWEEN).compareTo(timing.uptime()) <= 0) {
            try {
                read(waiting);
            } catch (IOException e) {
                LOGGER.log(Level.FINE, e, () -> "Still cannot read " + file);
            }
        }
    }

    /**
     * Reads the file and hands its lines to the content.
     *
     * @param waiting lines that wait to be written; asked for after the file was read
     */
    void read(Supplier<List<String>> waiting) throws IOException {
        readAt = timing.uptime();
        try {
            readLines(waiting);
        } catch (IOException | RuntimeException | Error e) {
            // Lines of an earlier read are still known.
            if (!read) {
                setTrouble(FileTrouble.unread(file, e));
            }
            throw e instanceof IOException known ? known : new IOException(e);
        }
    }

    private void readLines(Supplier<List<String>> waiting) throws IOException {
        LimitedLines understood = new LimitedLines(2 * LineLimits.MOST_OF_FILE);
        LimitedLines damaged = new LimitedLines(MOST_DAMAGED);
        file.read(line -> {
            if (understood.tooLong || damaged.tooLong) {
                return;
            }
            boolean known = LineLimits.fits(line) && (line.isBlank() || content.understands(line));
            (known ? understood : damaged).add(line);
        });
        if (understood.tooLong || damaged.tooLong) {
            throw new IOException("more than can be read");
        }
        // Others rely on these lines from now on, but they may have been written without being forced.
        file.force();
        content.load(understood.lines, waiting.get());
        read = true;
        setTrouble(damaged.lines.isEmpty() ? null : damaged(damaged.lines));
    }

    /** Lines that are kept in memory, up to a limit in characters. */
    private static final class LimitedLines {
        private final List<String> lines = new ArrayList<>();
        private final long most;
        private long length;
        private boolean tooLong;

        private LimitedLines(long most) {
            this.most = most;
        }

        private void add(String line) {
            length += line.length();
            if (tooLong || length > most) {
                tooLong = true;
                lines.clear();
            } else {
                lines.add(line);
            }
        }
    }

    /** Notes that the damaged lines were put aside. */
    void repaired() {
        trouble = null;
    }

    private FileTrouble damaged(List<String> lines) {
        Set<String> servers = new LinkedHashSet<>();
        for (String line : lines) {
            Optional<String> server = content.serverOf(line);
            if (server.isEmpty()) {
                return FileTrouble.damaged(file, lines, Set.of());
            }
            servers.add(server.get());
        }
        return FileTrouble.damaged(file, lines, servers);
    }

    private void setTrouble(FileTrouble now) {
        if (now != null && !now.equals(trouble)) {
            LOGGER.warning(() -> now.text() + " " + now.path());
        }
        trouble = now;
    }
}
