package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.RequestedNames;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/**
 * Build deployment as scripts see it. The ids come from the record of the server; an id that does not apply is null. A
 * record has no names: the names are those that the step was called with, else null.
 */
public final class BuildDeploymentResult implements Serializable {

    private static final long serialVersionUID = 1L;

    private final long id;
    private final long buildId;
    private final Long patternId;
    private final Long deploymentId;
    private final Long uploadId;
    private final Long agentId;
    private final Long agentGroupId;
    private final boolean created;
    private final String pattern;
    private final String deployment;
    private final String agent;
    private final String agentGroup;
    private final String buildName;

    private BuildDeploymentResult(BuildDeployment record, boolean created, RequestedNames asked, String buildName) {
        this.buildName = buildName;
        id = record.id();
        buildId = record.buildId();
        patternId = record.patternId();
        deploymentId = record.deploymentId();
        uploadId = record.uploadId();
        agentId = record.agentId();
        agentGroupId = record.agentGroupId();
        this.created = created;
        pattern = asked.pattern();
        deployment = asked.deployment();
        // A record that existed before may be carried out by no agent in particular.
        agent = agentId == null ? null : asked.agent();
        agentGroup = agentGroupId == null ? null : asked.agentGroup();
    }

    static BuildDeploymentResult from(DeploymentResult result, RequestedNames asked) {
        return new BuildDeploymentResult(result.record(), result.created(), asked, result.buildName());
    }

    /** Result of a record that was read, not created. */
    static BuildDeploymentResult from(BuildDeployment record, RequestedNames asked) {
        return new BuildDeploymentResult(record, false, asked, null);
    }

    /** Returns the id of the record in {@code /build_deployments} of the API. */
    @Whitelisted
    public long getId() {
        return id;
    }

    @Whitelisted
    public long getBuildId() {
        return buildId;
    }

    /** Returns the name of the build. Null if the step did not read it. */
    @Whitelisted
    public String getBuildName() {
        return buildName;
    }

    @Whitelisted
    public Long getPatternId() {
        return patternId;
    }

    @Whitelisted
    public Long getDeploymentId() {
        return deploymentId;
    }

    @Whitelisted
    public Long getUploadId() {
        return uploadId;
    }

    /** Returns the integer id of the agent, not its UUID. */
    @Whitelisted
    public Long getAgentId() {
        return agentId;
    }

    @Whitelisted
    public Long getAgentGroupId() {
        return agentGroupId;
    }

    @Whitelisted
    public String getPattern() {
        return pattern;
    }

    @Whitelisted
    public String getDeployment() {
        return deployment;
    }

    @Whitelisted
    public String getAgent() {
        return agent;
    }

    @Whitelisted
    public String getAgentGroup() {
        return agentGroup;
    }

    /** Returns true if the step that returned this caused the deployment. */
    @Whitelisted
    public boolean isCreated() {
        return created;
    }

    @Override
    public String toString() {
        return "BuildDeployment[id=" + id + ", buildId=" + buildId + ", buildName=" + buildName + ", pattern=" + pattern
                + ", patternId=" + patternId
                + ", deployment=" + deployment + ", deploymentId=" + deploymentId + ", uploadId=" + uploadId
                + ", agent=" + agent + ", agentId=" + agentId + ", agentGroup=" + agentGroup + ", agentGroupId="
                + agentGroupId + ", created=" + created + "]";
    }
}
