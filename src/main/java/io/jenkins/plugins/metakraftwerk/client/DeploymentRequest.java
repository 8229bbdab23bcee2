package io.jenkins.plugins.metakraftwerk.client;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@code POST /build_deployments} asks for. It exists only in a form that the API's documented rules allow: exactly
 * one of {@code pattern} and {@code patternId}, exactly one of {@code deployment} and {@code deploymentId}, at most one
 * of the four ways to name who carries it out. All ids are positive.
 */
public record DeploymentRequest(
        Long buildId,
        String pattern,
        Long patternId,
        String deployment,
        Long deploymentId,
        String agent,
        Long agentId,
        String agentGroup,
        Long agentGroupId) {

    /**
     * A request from fields as a person gave them, blank ones meaning 'not given'.
     *
     * @throws MetaKraftwerkException not sent, naming every field that breaks a rule
     */
    public static DeploymentRequest parse(
            String buildId,
            String pattern,
            String patternId,
            String deployment,
            String deploymentId,
            String agent,
            String agentId,
            String agentGroup,
            String agentGroupId)
            throws MetaKraftwerkException {
        FieldValidator fields = new FieldValidator();
        fields.require("buildId", buildId);
        fields.exactlyOne("pattern", pattern, "patternId", patternId);
        fields.exactlyOne("deployment", deployment, "deploymentId", deploymentId);
        List<String> executors = new ArrayList<>();
        FieldValidator.addIfGiven(executors, "agent", agent);
        FieldValidator.addIfGiven(executors, "agentId", agentId);
        FieldValidator.addIfGiven(executors, "agentGroup", agentGroup);
        FieldValidator.addIfGiven(executors, "agentGroupId", agentGroupId);
        fields.atMostOne(executors);
        var request = new DeploymentRequest(
                fields.id("buildId", buildId),
                fields.name("pattern", pattern),
                fields.id("patternId", patternId),
                fields.name("deployment", deployment),
                fields.id("deploymentId", deploymentId),
                fields.name("agent", agent),
                fields.id("agentId", agentId),
                fields.name("agentGroup", agentGroup),
                fields.id("agentGroupId", agentGroupId));
        fields.check();
        return request;
    }

    /** The filter that finds the executions of the same deployment for the same build. */
    public BuildDeploymentFilter sameDeployment() {
        return new BuildDeploymentFilter(buildId, pattern, patternId, deployment, deploymentId);
    }

    /** The filter that finds the executions of the same deployment, whatever the build. */
    public BuildDeploymentFilter sameTarget() {
        return new BuildDeploymentFilter(null, pattern, patternId, deployment, deploymentId);
    }

    public String patternLabel() {
        return RemoteText.label(pattern, patternId);
    }

    public String deploymentLabel() {
        return RemoteText.label(deployment, deploymentId);
    }

    public boolean namesAgent() {
        return agent != null || agentId != null;
    }

    public boolean namesAgentGroup() {
        return agentGroup != null || agentGroupId != null;
    }

    /** The agent that is asked to carry it out, or null where none is named. */
    public String agentLabel() {
        return namesAgent() ? RemoteText.label(agent, agentId) : null;
    }

    /** The group whose agents are asked to carry it out, or null where none is named. */
    public String agentGroupLabel() {
        return namesAgentGroup() ? RemoteText.label(agentGroup, agentGroupId) : null;
    }

    /** Who is asked to carry it out, or null where the server decides. */
    public Text executor() {
        if (namesAgent()) {
            return Text.forKey("executor.agent", agentLabel());
        }
        return namesAgentGroup() ? Text.forKey("executor.group", agentGroupLabel()) : null;
    }

    /** Whether a record is of this build, pattern and deployment, as far as the ids given here can tell. */
    public boolean matches(BuildDeployment record) {
        return buildId.equals(record.buildId())
                && (patternId == null || patternId.equals(record.patternId()))
                && (deploymentId == null || deploymentId.equals(record.deploymentId()));
    }
}
