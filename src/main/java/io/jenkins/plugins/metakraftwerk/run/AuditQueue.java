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
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Queue of the lines of one kind. A thread of its own writes them to their files, one after another, so that a disk
 * that hangs holds up nobody. Lines that cannot be written wait. They are tried again with each further line and when
 * Jenkins stops.
 */
final class AuditQueue {

    /** Maximum time that somebody waits for a disk. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Maximum number of waiting lines. Further lines are lost. */
    static final int MOST_WAITING = 10_000;

    private static final Logger LOGGER = Logger.getLogger(AuditQueue.class.getName());

    /** @param tried given when the line is written or cannot be written for now */
    private record Waiting(String line, Signal tried) {}

    private final Executor thread;
    private volatile AuditLineStore file;

    /** Guarded by this, like the fields below. */
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** Given when the present writing ends; already given if nothing is being written. */
    private Signal writing = Signal.given();

    /** Number of lines that were lost since the last one was written. */
    private long lost;

    /** True if a failure was logged since the last line was written. */
    private boolean failureLogged;

    /** True if it was logged that the disk hangs. Volatile, since {@link #await} reads it without the lock. */
    private volatile boolean hangLogged;

    /** @param name the name of the thread */
    AuditQueue(String name, AuditLineStore file) {
        thread = Threads.oneByOne(name, 1);
        this.file = file;
    }

    /** Replaces the store in tests by one that can hang and fail. Returns the previous one. */
    AuditLineStore replaceFile(AuditLineStore other) {
        AuditLineStore before = file;
        file = other;
        return before;
    }

    /**
     * Adds a line.
     *
     * @return given when the line is written or cannot be written for now; if a disk hangs, not before it goes on
     */
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

    /**
     * Waits on a virtual thread until a line is written. If the disk hangs, not for long, and not at all if that is
     * known already.
     */
    void await(Signal tried) throws InterruptedException {
        if (!hangLogged && !tried.inTime(Threads.timing(), PATIENCE)) {
            new PlatformCalls(Threads.http()).run(this::hangs);
        }
    }

    private void hangs() {
        synchronized (this) {
            if (hangLogged || waiting.isEmpty()) {
                return;
            }
            hangLogged = true;
        }
        LOGGER.warning(Messages.audit_hangs(file, PATIENCE.toSeconds()));
    }

    /**
     * Begins to write the lines that wait, unless that is under way.
     *
     * @return given when the writing ends
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

    /**
     * Returns the next line. If there is none, ends the writing in the same lock, so that a line added later begins
     * another.
     */
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
            if (lost == 0 && !failureLogged && !hangLogged) {
                return;
            }
            missing = lost;
            lost = 0;
            failureLogged = false;
            hangLogged = false;
        }
        LOGGER.log(missing > 0 ? Level.WARNING : Level.INFO, () -> Messages.audit_again(file, missing));
    }

    /** Logs the first failure. The lines stay in the queue, and callers that wait for them go on. */
    private void failed(Throwable failure, Signal end) {
        List<Waiting> tried;
        boolean first;
        synchronized (this) {
            tried = List.copyOf(waiting);
            first = !failureLogged;
            failureLogged = true;
            end.give();
        }
        if (first) {
            LOGGER.log(Level.WARNING, failure, () -> Messages.audit_failed(file, MOST_WAITING));
        }
        tried.forEach(line -> line.tried().give());
    }

    /**
     * Tries once more to write the lines that wait, since Jenkins stops. If that takes too long, logs how many are
     * lost.
     */
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

    /** Returns the number of lines that are not in the file. */
    private synchronized long left() {
        return waiting.size() + lost;
    }
}
