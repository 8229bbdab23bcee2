package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Waits while runs that a stop of Jenkins has interrupted find out what became of their requests for the same: whoever
 * sends meanwhile could not be told what that is, and would bring a record that they might take for theirs.
 */
final class SearchesWait {

    /** As long as a run may take to go on and to search. */
    private static final Duration MOST = Ledger.GOES_ON.plus(RecordSearch.LONGEST);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RunParts parts;
    private final Deadline end;
    private final Chain<Void> over;

    SearchesWait(RunParts parts) {
        this.parts = parts;
        end = Deadline.in(parts.timing(), MOST);
        over = new Chain<>(parts.serial());
    }

    CompletableFuture<Void> start() {
        if (areSought()) {
            parts.log().accept(Text.of("earlier.searching", MOST.toMinutes()));
            pause();
        } else {
            over.complete(null);
        }
        return over;
    }

    private void pause() {
        over.then(parts.timing().after(PAUSE), passed -> {
            if (areSought() && !end.isOver()) {
                pause();
            } else {
                over.complete(null);
            }
        });
    }

    private boolean areSought() {
        return parts.shared()
                .flights()
                .areSoughtSinceTheStart(parts.key(), parts.who().owner());
    }
}
