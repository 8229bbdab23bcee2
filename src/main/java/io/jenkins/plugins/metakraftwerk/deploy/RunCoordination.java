package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.util.concurrent.Executor;

/**
 * What the runs of one controller share, so that none takes, repeats or overtakes what another does.
 *
 * @param work threads for what may block: saving, printing
 * @param ready threads for what must not wait for those that block, and does not block: the words of an abort
 */
public record RunCoordination(Timing timing, Executor work, Executor ready, RunThreads threads, Ledger ledger) {

    RecordClaims claims() {
        return ledger.claims();
    }

    UnclaimedRequests unclaimedRequests() {
        return ledger.unclaimedRequests();
    }

    DoubtedRequests doubts() {
        return ledger.doubts();
    }

    TurnQueue turns() {
        return ledger.turns();
    }

    public UnknownAttempts attempts() {
        return ledger.attempts();
    }
}
