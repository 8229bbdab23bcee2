package io.jenkins.plugins.metakraftwerk.watch;

import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Tells a trigger that was removed from one that is being made anew, as by each form that is saved and each run of a
 * Pipeline: a job that was saved without it, and has none a minute later, has lost it.
 */
final class RemovedTriggerDetector {

    static final Duration GAP = Duration.ofMinutes(1);

    private final Supplier<Timing> timing;

    /** Since when, by the clock that nobody sets; null while the job has one. */
    private final AtomicReference<Duration> since = new AtomicReference<>();

    RemovedTriggerDetector(Supplier<Timing> timing) {
        this.timing = timing;
    }

    /** The job was saved without it. Answers what {@link #isStillGone} is to be asked about after {@link #GAP}, once. */
    Optional<Duration> gone() {
        Duration now = timing.get().uptime();
        return since.compareAndSet(null, now) ? Optional.of(now) : Optional.empty();
    }

    /** Whether the job, which has none now, has had none since then. It is lost from now on. */
    boolean isStillGone(Duration then) {
        // The same object, not an equal one: else it has been back in between.
        return since.get() == then && since.compareAndSet(then, null);
    }

    /** The job was saved with it. Whether {@link #back} has to find out if it had been lost. */
    boolean mayBeLost() {
        Duration then = since.get();
        if (then != null && !isLost(then)) {
            since.compareAndSet(then, null);
        }
        return since.get() != null;
    }

    /** The job has one again. Whether it had been without one for too long, which nobody had time to see. */
    boolean back() {
        Duration then = since.getAndSet(null);
        return then != null && isLost(then);
    }

    private boolean isLost(Duration then) {
        return timing.get().uptime().minus(then).compareTo(GAP) >= 0;
    }
}
