package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/** A wait for what may never come, as when a disk hangs or is full: whoever waits goes on all the same. */
final class BoundedWait {

    /** How long a run that has ended waits until that would survive a crash. */
    static final Duration AT_THE_END = Duration.ofSeconds(5);

    /** How long a disk may take to note what a run must not lose; longer where calls are tried again for longer. */
    private static final Duration LEAST = Duration.ofMinutes(1);

    private BoundedWait() {}

    /** @throws MetaKraftwerkException where a run must not go on, since what it is about to do would not survive a crash */
    static void require(RunContext context, Signal kept) throws MetaKraftwerkException, InterruptedException {
        Duration limit = context.plan().retryLimit();
        if (!kept.within(context.timing(), limit.compareTo(LEAST) > 0 ? limit : LEAST)) {
            throw MetaKraftwerkException.refusedLocally(Text.forKey("ledger.notKept"));
        }
    }

    /** Waits for what a run ends with; whether it came in time. Where the timer has no room, there is no time left. */
    static boolean awaits(Timing timing, Signal kept) throws InterruptedException {
        try {
            return kept.within(timing, AT_THE_END);
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
