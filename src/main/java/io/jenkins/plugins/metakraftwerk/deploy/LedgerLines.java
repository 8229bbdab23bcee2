package io.jenkins.plugins.metakraftwerk.deploy;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Takes the lines of the {@link Ledger}, in one order. */
final class LedgerLines {

    /**
     * A line with its place among all others: below 0 for those of earlier processes, in the order of the file.
     *
     * @param own whether this process has written it
     */
    record Placed(long place, LedgerLine line, boolean own) {}

    /**
     * A line that was added.
     *
     * @param kept completes when it would survive a loss of power, with all before it; perhaps never
     */
    record Added(long place, CompletableFuture<Void> kept) {}

    /** Null where nothing survives the process. */
    private final Journal journal;

    /** Guarded by this. */
    private long next;

    LedgerLines(Journal journal) {
        this.journal = journal;
    }

    /** Reads what was noted before this process began; may block. */
    void open(JournalContent meaning) {
        if (journal != null) {
            journal.open(meaning);
        }
    }

    /** Adds a line that need not survive a crash by itself: it is written with the next that must. */
    synchronized Added addLater(LedgerLine line) {
        return new Added(next++, journal == null ? done() : journal.appendLater(line.text()));
    }

    synchronized Added add(LedgerLine line) {
        return new Added(next++, journal == null ? done() : journal.append(line.text()));
    }

    /** Completes when all that was added so far would survive a loss of power; not while the disk is full. */
    CompletableFuture<Void> kept() {
        return journal == null ? done() : journal.kept();
    }

    /** Why not all is known that runs have done on a server; empty where it is. Does not block. */
    Optional<Trouble> trouble(String server) {
        return Optional.ofNullable(trouble()).filter(found -> found.concerns(server));
    }

    private Trouble trouble() {
        return journal == null ? null : journal.trouble();
    }

    /** Whether there may be something in the file that cannot be read now. */
    boolean mayBeLost() {
        return trouble() != null;
    }

    /** Reads what could not be read. Completes when that was tried. */
    CompletableFuture<Void> look() {
        return journal == null ? done() : journal.look();
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
