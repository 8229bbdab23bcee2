package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.time.Duration;

/**
 * What one run is to do.
 *
 * @param serverLabel how the log names the server
 * @param skipIfDeployed true: send nothing if this build is what was deployed there last; false: send even if the server
 *     has deployed by itself; null: not given
 * @param waitForBuild wait until the build is finished
 * @param sendAfterUnknown send even if an earlier request of the same Jenkins build may have been carried out
 * @param waitLimit how long it waits for the build, and for other runs, in total
 * @param retryLimit how long the run tries again, in total, what may succeed later; each look at a build that it waits
 *     for has this time for itself
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

    /** What a person should look at when the outcome is not known. */
    public Text check() {
        return check(request, serverLabel);
    }

    /** The same of a run that nobody plans any more. */
    public static Text check(DeploymentRequest request, String serverLabel) {
        return Text.forKey(
                "run.check", request.buildId(), request.patternLabel(), request.deploymentLabel(), serverLabel);
    }

    /** What an aborted run says that may have deployed. */
    public Text perhaps() {
        return Text.forKey("abort.unknown", check());
    }
}
