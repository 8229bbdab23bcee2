package io.jenkins.plugins.metakraftwerk.watch;

import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Detects that a trigger was removed. Each saved form and each run of a Pipeline also removes the trigger, but adds it
 * again. A job that was saved without the trigger, and has none a minute later, has lost it.
 */
final class RemovedTriggerDetector {

    static final Duration GAP = Duration.ofMinutes(1);

    private final Supplier<Timing> timing;

    /** The uptime since which the job has no trigger; null while it has one. */
    private final AtomicReference<Duration> withoutTriggerSince = new AtomicReference<>();

    RemovedTriggerDetector(Supplier<Timing> timing) {
        this.timing = timing;
    }

    /**
     * Notes that the job was saved without the trigger. Returns a time for {@link #isStillGone}, which is to be asked
     * after {@link #GAP}; empty if that was returned before.
     */
    Optional<Duration> gone() {
        Duration now = timing.get().uptime();
        return withoutTriggerSince.compareAndSet(null, now) ? Optional.of(now) : Optional.empty();
    }

    /**
     * Returns true if the job, which has no trigger now, has had none since then. It counts as lost then, and is no
     * longer observed.
     */
    boolean isStillGone(Duration goneSince) {
        // Compares the object, since an equal time may belong to a later removal.
        return withoutTriggerSince.get() == goneSince && withoutTriggerSince.compareAndSet(goneSince, null);
    }

    /** Notes that the job was saved with the trigger. Returns true if {@link #back} has to find out if it was lost. */
    boolean mayBeLost() {
        Duration goneSince = withoutTriggerSince.get();
        if (goneSince != null && !isLost(goneSince)) {
            withoutTriggerSince.compareAndSet(goneSince, null);
        }
        return withoutTriggerSince.get() != null;
    }

    /** Notes that the job has a trigger again. Returns true if it had none for too long and nobody noticed. */
    boolean back() {
        Duration goneSince = withoutTriggerSince.getAndSet(null);
        return goneSince != null && isLost(goneSince);
    }

    private boolean isLost(Duration goneSince) {
        return timing.get().uptime().minus(goneSince).compareTo(GAP) >= 0;
    }
}
