package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.util.concurrent.Executor;

/**
 * Things that the runs of one controller share, so that no run takes, repeats or overtakes the work of another.
 *
 * @param timing the clocks and the timer
 * @param work threads that may block: for saves and for logs
 * @param ready threads for short tasks that must not wait for blocked ones and do not block themselves, as the report
 *     of an abort
 * @param threads the virtual threads of the runs
 * @param ledger the notes on all runs
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
