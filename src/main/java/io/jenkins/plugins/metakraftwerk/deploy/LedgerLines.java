package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.store.FileTrouble;
import io.jenkins.plugins.metakraftwerk.store.Journal;
import io.jenkins.plugins.metakraftwerk.store.JournalContent;
import java.time.Instant;
import java.util.Optional;

/** Takes the lines of the {@link Ledger}, in one order. */
final class LedgerLines {

    /**
     * A line that has its number.
     *
     * @param own whether this process has written it
     */
    record Placed(LedgerLine line, boolean own) {

        /** Among all others. */
        long place() {
            return line.number();
        }
    }

    /**
     * A line that was added.
     *
     * @param kept comes when it would survive a loss of power, with all before it; perhaps never
     */
    record Added(LedgerLine line, Signal kept) {

        Placed placed() {
            return new Placed(line, true);
        }

        long place() {
            return line.number();
        }
    }

    /** So many lines a millisecond may be added while the numbers of the file are not known. */
    private static final long FOR_A_MILLISECOND = 1_000;

    /** Null where nothing survives the process. */
    private final Journal journal;

    private final Timing timing;

    /** Whether what the thread adds has to wait for more; null where not. */
    private final ThreadLocal<Boolean> together = new ThreadLocal<>();

    /** The number of the next line. Guarded by this. */
    private long next = 1;

    LedgerLines(Journal journal, Timing timing) {
        this.journal = journal;
        this.timing = timing;
    }

    /** Reads what was noted before this process began; may block. */
    void open(JournalContent meaning) {
        if (journal != null) {
            journal.open(meaning);
        }
        if (mayBeLost()) {
            // Above all that is in the file, which cannot be asked.
            goOnAfter(timing.now().toEpochMilli() * FOR_A_MILLISECOND);
        }
    }

    /** What is added from now on has a higher number than that. */
    synchronized void goOnAfter(long number) {
        next = Math.max(next, number + 1);
    }

    Instant now() {
        return timing.now();
    }

    /** The number of the newest line. */
    synchronized long last() {
        return next - 1;
    }

    /** Adds a line that need not survive a crash by itself: it is written with the next that must. */
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

    /** What is added by that is written at once, so that it costs one force and no crash comes between. */
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

    /** Comes when all that was added so far would survive a loss of power; not while the disk is full. */
    Signal kept() {
        return journal == null ? Signal.given() : journal.kept();
    }

    /** Why not all is known that runs have done on a server; empty where it is. Does not block. */
    Optional<FileTrouble> trouble(String server) {
        return Optional.ofNullable(trouble()).filter(found -> found.concerns(server));
    }

    private FileTrouble trouble() {
        return journal == null ? null : journal.trouble();
    }

    /** Whether there may be something in the file that cannot be read now. */
    boolean mayBeLost() {
        return trouble() != null;
    }

    /** Reads what could not be read. Comes when that was tried. */
    Signal look() {
        return journal == null ? Signal.given() : journal.look();
    }
}
