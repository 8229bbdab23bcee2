package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;

/**
 * A run that was open when an earlier process ended, and has not gone on since.
 *
 * @param server the address of its server
 * @param state where somebody may go on for it to find out what became of it; who does must not send
 */
public record OpenRun(
        String owner, String server, DeploymentRequest request, AttemptSource source, DeploymentState state) {}
