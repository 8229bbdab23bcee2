package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import java.time.Duration;

/**
 * Waits while runs that a stop of Jenkins has interrupted find out what became of their requests for the same: whoever
 * sends meanwhile could not be told what that is, and would bring a record that they might take for theirs.
 */
final class PendingSearchesWait {

    /** As long as a run may take to go on and to search. */
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
