package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.time.Duration;

/**
 * What one run is to do.
 *
 * @param serverLabel how the log names the server
 * @param skipIfDeployed send nothing if the same deployment of the same build exists
 * @param retryLimit how long the run tries again, in total, what may succeed later; each look at a build that it waits for has this time for itself
 */
public record DeploymentPlan(
        DeploymentRequest request, String serverLabel, boolean skipIfDeployed, Duration retryLimit) {

    /** What a person should look at when the outcome is not known. */
    public Text check() {
        return Text.of("run.check", request.buildId(), request.patternLabel(), request.deploymentLabel(), serverLabel);
    }

    /** What an aborted run says that may have deployed. */
    public Text perhaps() {
        return Text.of("abort.unknown", check());
    }
}
