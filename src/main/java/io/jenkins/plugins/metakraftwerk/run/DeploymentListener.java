package io.jenkins.plugins.metakraftwerk.run;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;

/**
 * Hears how the attempts of Jenkins builds to deploy have ended, of {@code mkDeploy} and of the build step alike.
 *
 * <p>Each listener has a thread of its own, on which it hears one thing after another as SYSTEM, when the build may have gone
 * on already. So it may block and fail without holding up anybody. What it has not heard of waits; one that hangs for good
 * misses what comes after ten thousand.
 *
 * <p>What it was not told before Jenkins ended, it is not told any more; it is in the history. An attempt that ended unknown
 * may be told again as adopted.
 */
public abstract class DeploymentListener implements ExtensionPoint {

    static ExtensionList<DeploymentListener> all() {
        return ExtensionList.lookup(DeploymentListener.class);
    }

    /** The server answered with a new record. */
    public void created(Run<?, ?> run, AttemptRecord attempt) {
        // For those whom it concerns.
    }

    /** The answer was lost, and the record was found afterwards. */
    public void adopted(Run<?, ?> run, AttemptRecord attempt) {
        // For those whom it concerns.
    }

    /** The record existed before, and nothing was sent. */
    public void skipped(Run<?, ?> run, AttemptRecord attempt) {
        // For those whom it concerns.
    }

    /** Nothing was deployed; also where the attempt was refused before anything was sent. */
    public void failed(Run<?, ?> run, AttemptRecord attempt) {
        // For those whom it concerns.
    }

    /** It may have been deployed or not. */
    public void unknown(Run<?, ?> run, AttemptRecord attempt) {
        // For those whom it concerns.
    }

    final void tell(Run<?, ?> run, AttemptRecord attempt) {
        switch (attempt.outcome()) {
            case "CREATED" -> created(run, attempt);
            case "ADOPTED" -> adopted(run, attempt);
            case "SKIPPED" -> skipped(run, attempt);
            case "FAILED" -> failed(run, attempt);
            default -> unknown(run, attempt);
        }
    }
}
