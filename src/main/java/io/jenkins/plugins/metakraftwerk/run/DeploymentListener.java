package io.jenkins.plugins.metakraftwerk.run;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;

/**
 * Hears how the attempts of Jenkins builds to deploy have ended, of {@code mkDeploy} and of the build step alike.
 *
 * <p>Each listener has a thread of its own, on which it hears one thing after another as SYSTEM, when the build may have gone
 * on already. So it may block and fail without holding up anybody. What it has not heard of waits; one that hangs for good
 * misses the oldest of more than ten thousand.
 *
 * <p>What it was not told before Jenkins ended, it is told after the restart. What came just before a crash it may be told
 * twice: the two have the same {@link DeploymentEvent#owner} and {@link DeploymentEvent#outcome}. An attempt that ended
 * unknown may be told again as adopted.
 */
public abstract class DeploymentListener implements ExtensionPoint {

    static ExtensionList<DeploymentListener> all() {
        return ExtensionList.lookup(DeploymentListener.class);
    }

    /** The server answered with a new record. */
    public void created(Run<?, ?> run, DeploymentEvent event) {
        // For those whom it concerns.
    }

    /** The answer was lost, and the record was found afterwards. */
    public void adopted(Run<?, ?> run, DeploymentEvent event) {
        // For those whom it concerns.
    }

    /** The record existed before, and nothing was sent. */
    public void skipped(Run<?, ?> run, DeploymentEvent event) {
        // For those whom it concerns.
    }

    /** Nothing was deployed; also where the attempt was refused before anything was sent. */
    public void failed(Run<?, ?> run, DeploymentEvent event) {
        // For those whom it concerns.
    }

    /** It may have been deployed or not. */
    public void unknown(Run<?, ?> run, DeploymentEvent event) {
        // For those whom it concerns.
    }

    final void tell(Run<?, ?> run, DeploymentEvent event) {
        switch (event.outcome()) {
            case "CREATED" -> created(run, event);
            case "ADOPTED" -> adopted(run, event);
            case "SKIPPED" -> skipped(run, event);
            case "FAILED" -> failed(run, event);
            default -> unknown(run, event);
        }
    }
}
