package io.jenkins.plugins.metakraftwerk.deploy;

import java.util.logging.Level;
import java.util.logging.Logger;

/** How far a run has come: the ledger has each state before it is acted on, and whoever listens hears of it. */
final class RunProgress {

    private static final Logger LOGGER = Logger.getLogger(RunProgress.class.getName());

    private final RunContext context;
    private final DeploymentRunListener listener;
    private volatile DeploymentState state;

    /** Whether a request may have been on its way before this process began. */
    private volatile boolean resumed;

    /** @param initial where it begins */
    RunProgress(RunContext context, DeploymentRunListener listener, DeploymentState initial) {
        this.context = context;
        this.listener = listener;
        state = initial;
    }

    DeploymentState state() {
        return state;
    }

    boolean isResumed() {
        return resumed;
    }

    /** It goes on from where the ledger says, as {@link Ledger#recall}. */
    void recall(String enteredIn, DeploymentState initial) {
        state = context.shared()
                .ledger()
                .recall(context.who().owner(), context.key().server(), enteredIn, initial);
        resumed = state.isOut();
        tell();
    }

    /** It has sent, perhaps, and only finds out what became of that. */
    void findOut() {
        resumed = true;
        tell();
    }

    /** Notes it too. */
    void reach(DeploymentState next) {
        context.shared()
                .ledger()
                .runs()
                .reach(context.who().owner(), context.key().server(), next);
        reached(next);
    }

    /** It has been noted. */
    void reached(DeploymentState next) {
        is(next);
        tell();
    }

    /** It has been noted, and is told later. */
    void is(DeploymentState next) {
        state = next;
    }

    /** It goes on without whoever fails to hear of it. */
    void tell() {
        DeploymentState now = state;
        try {
            listener.reached(now);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not tell that a run reached " + now);
        }
    }
}
