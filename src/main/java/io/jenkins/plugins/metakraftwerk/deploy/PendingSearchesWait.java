package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import java.time.Duration;

/**
 * Waits for other runs, interrupted by a stop of Jenkins, that look for the outcome of the same request. A request sent
 * meanwhile could bring a record that they take for theirs.
 */
final class PendingSearchesWait {

    /** Longest time that a run takes to go on and to search. */
    private static final Duration MOST = Ledger.GOES_ON.plus(RecordSearch.LONGEST);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RunContext context;

    PendingSearchesWait(RunContext context) {
        this.context = context;
    }

    void await() throws MetaKraftwerkException, InterruptedException {
        if (!areSought()) {
            return;
        }
        context.say().accept(Text.forKey("earlier.searching", MOST.toMinutes()));
        Deadline end = Deadline.in(context.timing(), MOST);
        do {
            VirtualThreadWaits.pause(context.timing(), PAUSE);
        } while (areSought() && !end.isOver());
    }

    private boolean areSought() throws MetaKraftwerkException, InterruptedException {
        return context.platformCalls()
                .get(() -> context.shared()
                        .unclaimedRequests()
                        .areSoughtSinceTheStart(context.key(), context.who().owner()));
    }
}
