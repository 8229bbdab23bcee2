package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import java.time.Duration;

/**
 * What one run is to do.
 *
 * @param serverLabel how the log names the server
 * @param skipIfDeployed send nothing if the same deployment of the same build exists
 * @param retryLimit how long a call that may succeed later is tried again
 */
public record DeploymentPlan(
        DeploymentRequest request, String serverLabel, boolean skipIfDeployed, Duration retryLimit) {}
