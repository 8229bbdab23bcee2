package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Standing;

/** Place of one run in the {@link TurnQueue}. A run that need not see the work of others has none. */
final class RunTurn {

    private final RunContext context;
    private volatile TurnQueue.Turn turn;
    private volatile boolean left;

    RunTurn(RunContext context) {
        this.context = context;
    }

    /**
     * Takes the place of a run that goes on after a restart. It is taken at once, so that later runs do not overtake. A
     * run that may have a request out has its turn.
     */
    void resume(DeploymentState from) {
        if (from.phase() == Phase.DONE || from.isBeyondUs()) {
            return;
        }
        boolean waited = context.shared().turns().hasLeftWaiting(context.who().owner());
        if (waited || from.standing() == Standing.MAY_HAVE_SENT) {
            take(from.isOut());
        }
    }

    /** Announces a run whose state cannot be read yet. It gets its old place when the ledger is read. */
    void comesBack() {
        context.shared().turns().comesBack(context.who().owner());
    }

    /** Takes the place of the run, or one at the end. Returns null if the run needs none. */
    TurnQueue.Turn enter() {
        take(false);
        return turn;
    }

    private void take(boolean first) {
        synchronized (this) {
            if (turn != null || !context.plan().skips()) {
                return;
            }
            TurnQueue turns = context.shared().turns();
            String owner = context.who().owner();
            turn = first ? turns.resume(context.key(), owner) : turns.enter(context.key(), owner);
        }
        if (left) {
            turn.leave();
        }
    }

    /** Leaves the queue. A place that is taken only afterwards is left too. */
    void leave() {
        left = true;
        TurnQueue.Turn taken = turn;
        if (taken != null) {
            taken.leave();
        } else {
            // The run may have had a place before a restart.
            context.shared().turns().leave(context.who().owner());
        }
    }
}
