package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.store.FileTrouble;
import io.jenkins.plugins.metakraftwerk.store.Journal;
import io.jenkins.plugins.metakraftwerk.store.JournalContent;
import java.time.Instant;
import java.util.Optional;

/** Adds the lines of the {@link Ledger} in one order. */
final class LedgerLines {

    /**
     * Line with its number.
     *
     * @param own true if this process has written it
     */
    record Placed(LedgerLine line, boolean own) {

        /** Returns its place among all lines. */
        long place() {
            return line.number();
        }
    }

    /**
     * Line that was added.
     *
     * @param kept comes when the line and all before it would survive a loss of power; perhaps never
     */
    record Added(LedgerLine line, Signal kept) {

        Placed placed() {
            return new Placed(line, true);
        }

        long place() {
            return line.number();
        }
    }

    /** Lines per millisecond for which numbers are reserved while the numbers of the file are not known. */
    private static final long FOR_A_MILLISECOND = 1_000;

    /** Null if the lines end with the process. */
    private final Journal journal;

    private final Timing timing;

    /** True if lines of the current thread wait for more lines; null if not. */
    private final ThreadLocal<Boolean> together = new ThreadLocal<>();

    /** The number of the next line. Guarded by this. */
    private long next = 1;

    LedgerLines(Journal journal, Timing timing) {
        this.journal = journal;
        this.timing = timing;
    }

    /** Reads the lines of earlier processes; may block. */
    void open(JournalContent content) {
        if (journal != null) {
            journal.open(content);
        }
        if (mayBeLost()) {
            // Higher than all numbers of the file, which cannot be read.
            goOnAfter(timing.now().toEpochMilli() * FOR_A_MILLISECOND);
        }
    }

    /** Gives all further lines a higher number than this one. */
    synchronized void goOnAfter(long number) {
        next = Math.max(next, number + 1);
    }

    Instant now() {
        return timing.now();
    }

    /** Returns the number of the newest line. */
    synchronized long last() {
        return next - 1;
    }

    /** Adds a line that need not survive a crash by itself. It is written with the next line that must. */
    synchronized Added addLater(LedgerLine line) {
        LedgerLine numbered = line.numbered(next++);
        return new Added(numbered, journal == null ? Signal.given() : journal.appendLater(numbered.text()));
    }

    synchronized Added add(LedgerLine line) {
        if (together.get() != null) {
            return addLater(line);
        }
        LedgerLine numbered = line.numbered(next++);
        return new Added(numbered, journal == null ? Signal.given() : journal.append(numbered.text()));
    }

    /** Writes all lines that {@code adds} adds in one go. This costs one force, and no crash comes between. */
    void together(Runnable adds) {
        together.set(true);
        try {
            adds.run();
        } finally {
            together.remove();
            if (journal != null) {
                journal.writeWaiting();
            }
        }
    }

    /**
     * Returns a signal that comes when all lines so far would survive a loss of power. It does not come while the disk
     * is full.
     */
    Signal kept() {
        return journal == null ? Signal.given() : journal.kept();
    }

    /** Returns why some lines about a server cannot be read; empty if all can. Does not block. */
    Optional<FileTrouble> trouble(String server) {
        return Optional.ofNullable(trouble()).filter(trouble -> trouble.concerns(server));
    }

    private FileTrouble trouble() {
        return journal == null ? null : journal.trouble();
    }

    /** Returns true if the file may have lines that cannot be read now. */
    boolean mayBeLost() {
        return trouble() != null;
    }

    /** Tries again to read the file. The signal comes after the try. */
    Signal look() {
        return journal == null ? Signal.given() : journal.look();
    }
}
