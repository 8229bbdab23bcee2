package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.time.Duration;

/** Waits with a limit, for signals that may never come because a disk hangs or is full. */
final class BoundedWait {

    /** Longest time that an ended run waits until its end is kept. */
    static final Duration AT_THE_END = Duration.ofSeconds(5);

    /** Shortest limit for a disk to note what a run must not lose. A longer limit for retries counts here too. */
    private static final Duration LEAST = Duration.ofMinutes(1);

    private BoundedWait() {}

    /**
     * @throws MetaKraftwerkException if the signal does not come in time: the next thing that the run does would not
     *     survive a crash
     */
    static void require(RunContext context, Signal kept) throws MetaKraftwerkException, InterruptedException {
        Duration limit = context.plan().retryLimit();
        if (!kept.within(context.timing(), limit.compareTo(LEAST) > 0 ? limit : LEAST)) {
            throw MetaKraftwerkException.refusedLocally(Text.forKey("ledger.notKept"));
        }
    }

    /**
     * Waits for the last note of a run. Returns false if it does not come in time. A timer that takes no more tasks
     * means that no time is left.
     */
    static boolean awaits(Timing timing, Signal kept) throws InterruptedException {
        return kept.inTime(timing, AT_THE_END);
    }
}
