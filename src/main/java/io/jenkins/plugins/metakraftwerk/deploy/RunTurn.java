package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Standing;

/** The place of one run among those that must see what the others have done; a run that need not see it has none. */
final class RunTurn {

    private final RunContext context;
    private volatile TurnQueue.Turn turn;
    private volatile boolean left;

    RunTurn(RunContext context) {
        this.context = context;
    }

    /** At once, since those that it was before must not overtake it; one that may have a request out has its turn. */
    void resume(DeploymentState from) {
        if (from.phase() == Phase.DONE || from.isBeyondUs()) {
            return;
        }
        boolean waited = context.shared().turns().hasLeftWaiting(context.who().owner());
        if (waited || from.standing() == Standing.MAY_HAVE_SENT) {
            take(from.isOut());
        }
    }

    /** The same where it cannot be told yet how far it had come. */
    void comesBack() {
        context.shared().turns().comesBack(context.who().owner());
    }

    /** Null where it has none. */
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

    /** Also where it is taken only afterwards. */
    void leave() {
        left = true;
        TurnQueue.Turn taken = turn;
        if (taken != null) {
            taken.leave();
        } else {
            // Perhaps the one that the run had before a restart.
            context.shared().turns().leave(context.who().owner());
        }
    }
}
