package io.jenkins.plugins.metakraftwerk.deploy;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Present state of a run. Each state is in the ledger before the run acts on it, and the listener is told. */
final class RunProgress {

    private static final Logger LOGGER = Logger.getLogger(RunProgress.class.getName());

    private final RunContext context;
    private final DeploymentRunListener listener;
    private volatile DeploymentState state;

    /** True if a request may have been on its way before this process began. */
    private volatile boolean resumed;

    /** @param initial the state in which the run begins */
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

    /** Takes the state from the ledger, as {@link Ledger#recall}. */
    void recall(String enteredIn, DeploymentState initial) {
        state = context.shared()
                .ledger()
                .recall(context.who().owner(), context.key().server(), enteredIn, initial);
        resumed = state.isOut();
        tell();
    }

    /** Marks a run that may have sent and only finds out its outcome. */
    void findOut() {
        resumed = true;
        tell();
    }

    /** Notes the state and tells the listener. */
    void reach(DeploymentState next) {
        context.shared()
                .ledger()
                .runs()
                .reach(context.who().owner(), context.key().server(), next);
        reached(next);
    }

    /** Takes a state that was noted before, and tells the listener. */
    void reached(DeploymentState next) {
        is(next);
        tell();
    }

    /** Takes a state that was noted before. The listener is told later. */
    void is(DeploymentState next) {
        state = next;
    }

    /** Tells the listener. An error of the listener does not end the run. */
    void tell() {
        DeploymentState now = state;
        try {
            listener.reached(now);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not tell that a run reached " + now);
        }
    }
}
