package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.time.Duration;

/**
 * Task of one run.
 *
 * @param serverLabel the name of the server in the log
 * @param skipIfDeployed true: send nothing if this build is what was deployed there last; false: send even if the
 *     server has deployed by itself; null: not given
 * @param waitForBuild true: wait until the build is finished
 * @param sendAfterUnknown true: send even if an earlier request of the same Jenkins build may have been carried out
 * @param waitLimit time in total to wait for the build, and for other runs
 * @param retryLimit time in total to try again what may succeed later; each read of a build that the run waits for has
 *     this time for itself
 */
public record DeploymentPlan(
        DeploymentRequest request,
        String serverLabel,
        Boolean skipIfDeployed,
        boolean waitForBuild,
        boolean sendAfterUnknown,
        Duration waitLimit,
        Duration retryLimit) {

    boolean skips() {
        return Boolean.TRUE.equals(skipIfDeployed);
    }

    boolean takesAutomatic() {
        return !Boolean.FALSE.equals(skipIfDeployed);
    }

    /** Returns the sentence that tells a person where to look if the outcome is not known. */
    public Text check() {
        return check(request, serverLabel);
    }

    /** Returns the same sentence for a run without a plan. */
    public static Text check(DeploymentRequest request, String serverLabel) {
        return Text.forKey(
                "run.check", request.buildId(), request.patternLabel(), request.deploymentLabel(), serverLabel);
    }

    /** Returns the message of an aborted run that may have deployed. */
    public Text perhaps() {
        return Text.forKey("abort.unknown", check());
    }
}
