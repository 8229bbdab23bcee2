package io.jenkins.plugins.metakraftwerk.history;

import hudson.AbortException;
import io.jenkins.plugins.metakraftwerk.server.WebRequestDeadline;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets a few requests compare at once. Each looks through the histories of all jobs on a thread of the web server. */
final class ComparisonPermits {

    static final int AT_ONCE = 2;
    static final int WAITING = 10;

    private final Semaphore running = new Semaphore(AT_ONCE, true);
    private final Semaphore admissions = new Semaphore(AT_ONCE + WAITING);

    /** @throws AbortException as {@link #enter} */
    <T> T take(WebRequestDeadline deadline, Supplier<T> work) throws AbortException {
        enter(deadline);
        try {
            return work.get();
        } finally {
            leave();
        }
    }

    /**
     * @throws AbortException at once if {@link #WAITING} requests wait already, else if no turn comes before the
     *     deadline
     */
    void enter(WebRequestDeadline deadline) throws AbortException {
        if (!admissions.tryAcquire()) {
            throw busy();
        }
        if (!await(deadline)) {
            admissions.release();
            throw busy();
        }
    }

    private boolean await(WebRequestDeadline deadline) {
        try {
            return running.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void leave() {
        running.release();
        admissions.release();
    }

    private static AbortException busy() {
        return new AbortException(Messages.compare_busy());
    }

    /** Returns the number of requests that wait for their turn. */
    int queued() {
        return running.getQueueLength();
    }

    /** Returns the number of requests that may still come in. */
    int free() {
        return admissions.availablePermits();
    }
}
