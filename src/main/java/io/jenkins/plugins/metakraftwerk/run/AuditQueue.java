package io.jenkins.plugins.metakraftwerk.run;

import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The lines of one kind on their way to their files, which are written on a thread of their own, one line after another, so
 * that a disk that hangs holds up nobody. What cannot be written waits, and is tried again with each further line and when
 * Jenkins stops.
 */
final class AuditQueue {

    /** How long somebody waits for a disk at most. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What comes when so many lines wait is lost. */
    static final int MOST_WAITING = 10_000;

    private static final Logger LOGGER = Logger.getLogger(AuditQueue.class.getName());

    /** @param tried comes when it is written, or cannot be for now */
    private record Waiting(String line, Signal tried) {}

    private final Executor thread;
    private volatile AuditLineStore file;

    /** Guarded by this, like all that follows. */
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** The end of the writing that is under way; past where there is none. */
    private Signal writing = Signal.given();

    /** How many lines there was no room for since the last one was written. */
    private long lost;

    /** What has been said since then. */
    private boolean saidFailing;

    /** Also asked by those who are about to wait. */
    private volatile boolean saidHanging;

    /** @param name of its thread */
    AuditQueue(String name, AuditLineStore file) {
        thread = Threads.oneByOne(name, 1);
        this.file = file;
    }

    /** For tests, whose disks hang and fail; answers what it was before. */
    AuditLineStore replaceFile(AuditLineStore other) {
        AuditLineStore before = file;
        file = other;
        return before;
    }

    /** @return comes when the line is written, or cannot be for now; where a disk hangs, not before it goes on */
    Signal add(String text) {
        Signal tried = new Signal();
        boolean firstLost = false;
        synchronized (this) {
            if (waiting.size() < MOST_WAITING) {
                waiting.add(new Waiting(text, tried));
            } else {
                tried.give();
                firstLost = lost++ == 0;
            }
        }
        if (firstLost) {
            LOGGER.warning(Messages.audit_full(file, MOST_WAITING));
        }
        write();
        return tried;
    }

    /** Lets a virtual thread wait for a line; not for long where the disk hangs, and not at all where that is known. */
    void await(Signal tried) throws InterruptedException {
        if (!saidHanging && !isSoon(tried)) {
            new PlatformCalls(Threads.http()).run(this::hangs);
        }
    }

    private static boolean isSoon(Signal tried) throws InterruptedException {
        try {
            return tried.within(Threads.timing(), PATIENCE);
        } catch (RejectedExecutionException e) {
            // There is no time to be had.
            return tried.isGiven();
        }
    }

    private void hangs() {
        synchronized (this) {
            if (saidHanging || waiting.isEmpty()) {
                return;
            }
            saidHanging = true;
        }
        LOGGER.warning(Messages.audit_hangs(file, PATIENCE.toSeconds()));
    }

    /**
     * Begins to write what waits, unless that is under way.
     *
     * @return comes when it ends
     */
    Signal write() {
        Signal end;
        synchronized (this) {
            if (!writing.isGiven()) {
                return writing;
            }
            end = new Signal();
            writing = end;
        }
        try {
            thread.execute(() -> writeAll(end));
        } catch (RuntimeException | Error e) {
            failed(e, end);
        }
        return end;
    }

    private void writeAll(Signal end) {
        try {
            for (Waiting next = next(end); next != null; next = next(end)) {
                file.append(next.line());
                wrote();
                next.tried().give();
            }
        } catch (IOException | RuntimeException | Error e) {
            failed(e, end);
        }
    }

    /** What is written next. Where there is nothing, the writing ends: what is added from then on begins another. */
    private synchronized Waiting next(Signal end) {
        Waiting next = waiting.peek();
        if (next == null) {
            end.give();
        }
        return next;
    }

    private void wrote() {
        long missing;
        synchronized (this) {
            waiting.remove();
            if (lost == 0 && !saidFailing && !saidHanging) {
                return;
            }
            missing = lost;
            lost = 0;
            saidFailing = false;
            saidHanging = false;
        }
        LOGGER.log(missing > 0 ? Level.WARNING : Level.INFO, () -> Messages.audit_again(file, missing));
    }

    /** Said once. What waits stays where it is, and those who wait for it do not. */
    private void failed(Throwable failure, Signal end) {
        List<Waiting> tried;
        boolean first;
        synchronized (this) {
            tried = List.copyOf(waiting);
            first = !saidFailing;
            saidFailing = true;
            end.give();
        }
        if (first) {
            LOGGER.log(Level.WARNING, failure, () -> Messages.audit_failed(file, MOST_WAITING));
        }
        tried.forEach(line -> line.tried().give());
    }

    /** Tries once more to write what waits, since Jenkins stops; says how much is lost where that takes too long. */
    void finish() {
        if (left() == 0) {
            return;
        }
        write().isSoon(Threads.timing(), PATIENCE);
        long left = left();
        if (left > 0) {
            LOGGER.warning(Messages.audit_lost(file, left));
        }
    }

    /** How many lines are not in the file. */
    private synchronized long left() {
        return waiting.size() + lost;
    }
}
