package io.jenkins.plugins.metakraftwerk.client;

/**
 * One execution of a deployment for one build, as {@code /build_deployments} lists it. All ids are positive.
 *
 * @param id the id of this execution
 * @param uploadId null if it does not apply, like {@code agentId} and {@code agentGroupId}
 * @param agentId the integer id of the agent, not its UUID
 */
public record BuildDeployment(
        Long id, Long buildId, Long patternId, Long deploymentId, Long uploadId, Long agentId, Long agentGroupId)
        implements Identified {

    public BuildDeployment {
        RequiredFields.id("id", id);
        RequiredFields.id("build_id", buildId);
    }
}
