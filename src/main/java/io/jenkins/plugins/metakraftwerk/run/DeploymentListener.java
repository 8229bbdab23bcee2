package io.jenkins.plugins.metakraftwerk.run;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;

/**
 * Hears how the attempts of Jenkins builds to deploy have ended, both of {@code mkDeploy} and of the build step.
 *
 * <p>Each listener has a thread of its own, on which it is called as SYSTEM for one attempt after another. The build
 * may have gone on already. So a listener may block and fail without holding up anybody. Up to 10,000 events wait for a
 * listener; one that hangs misses further ones.
 *
 * <p>Events that a listener has not heard when Jenkins ends are not repeated; the attempts are in the history. An
 * attempt that ended unknown may be told again as adopted.
 */
public abstract class DeploymentListener implements ExtensionPoint {

    static ExtensionList<DeploymentListener> all() {
        return ExtensionList.lookup(DeploymentListener.class);
    }

    /** Called if the server responded with a new record. */
    public void created(Run<?, ?> run, AttemptRecord attempt) {
        // Listeners override this.
    }

    /** Called if the response was lost and the record was found afterwards. */
    public void adopted(Run<?, ?> run, AttemptRecord attempt) {
        // Listeners override this.
    }

    /** Called if the record existed before and nothing was sent. */
    public void skipped(Run<?, ?> run, AttemptRecord attempt) {
        // Listeners override this.
    }

    /** Called if nothing was deployed, even if the attempt was refused before anything was sent. */
    public void failed(Run<?, ?> run, AttemptRecord attempt) {
        // Listeners override this.
    }

    /** Called if it may have been deployed or not. */
    public void unknown(Run<?, ?> run, AttemptRecord attempt) {
        // Listeners override this.
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
