package io.jenkins.plugins.metakraftwerk.client;

import java.util.ArrayList;
import java.util.List;

/**
 * The body of {@code POST /build_deployments}. It can exist only in a form that the API's documented rules allow:
 * <ul>
 *   <li>exactly one of {@code pattern} and {@code patternId},
 *   <li>exactly one of {@code deployment} and {@code deploymentId},
 *   <li>at most one of {@code agent}, {@code agentId}, {@code agentGroup} and {@code agentGroupId}.
 * </ul>
 * <p>All ids are positive.
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
     * Makes a request from fields as a person typed them. A blank field means 'not given'.
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
        List<String> named = new ArrayList<>();
        FieldValidator.addIfGiven(named, "agent", agent);
        FieldValidator.addIfGiven(named, "agentId", agentId);
        FieldValidator.addIfGiven(named, "agentGroup", agentGroup);
        FieldValidator.addIfGiven(named, "agentGroupId", agentGroupId);
        fields.atMostOne(named);
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

    /** Returns the filter that finds executions of the same deployment for the same build. */
    public BuildDeploymentFilter sameDeployment() {
        return new BuildDeploymentFilter(buildId, pattern, patternId, deployment, deploymentId);
    }

    /** Returns the filter that finds executions of the same deployment for any build. */
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

    /** Returns the label of the agent, or null if none is named. */
    public String agentLabel() {
        return namesAgent() ? RemoteText.label(agent, agentId) : null;
    }

    /** Returns the label of the agent group, or null if none is named. */
    public String agentGroupLabel() {
        return namesAgentGroup() ? RemoteText.label(agentGroup, agentGroupId) : null;
    }

    /** Names the agent or agent group, or returns null if the server decides. */
    public Text executor() {
        if (namesAgent()) {
            return Text.forKey("executor.agent", agentLabel());
        }
        return namesAgentGroup() ? Text.forKey("executor.group", agentGroupLabel()) : null;
    }

    /** True if a record has the same build, pattern and deployment, as far as the ids of this request can tell. */
    public boolean matches(BuildDeployment record) {
        return buildId.equals(record.buildId())
                && (patternId == null || patternId.equals(record.patternId()))
                && (deploymentId == null || deploymentId.equals(record.deploymentId()));
    }
}
