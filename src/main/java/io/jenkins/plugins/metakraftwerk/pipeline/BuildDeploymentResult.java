package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** A build deployment as scripts see it; ids are null where they do not apply. */
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

    private BuildDeploymentResult(BuildDeployment record, boolean created) {
        id = record.id();
        buildId = record.buildId();
        patternId = record.patternId();
        deploymentId = record.deploymentId();
        uploadId = record.uploadId();
        agentId = record.agentId();
        agentGroupId = record.agentGroupId();
        this.created = created;
    }

    static BuildDeploymentResult of(DeploymentResult result) {
        return new BuildDeploymentResult(result.record(), result.created());
    }

    /** One that was read, not created. */
    static BuildDeploymentResult of(BuildDeployment record) {
        return new BuildDeploymentResult(record, false);
    }

    @Whitelisted
    public long getId() {
        return id;
    }

    @Whitelisted
    public long getBuildId() {
        return buildId;
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

    @Whitelisted
    public Long getAgentId() {
        return agentId;
    }

    @Whitelisted
    public Long getAgentGroupId() {
        return agentGroupId;
    }

    /** Whether the step that returned this caused the deployment. */
    @Whitelisted
    public boolean isCreated() {
        return created;
    }

    @Override
    public String toString() {
        return "BuildDeployment[id=" + id + ", buildId=" + buildId + ", patternId=" + patternId + ", deploymentId="
                + deploymentId + ", uploadId=" + uploadId + ", agentId=" + agentId + ", agentGroupId=" + agentGroupId
                + ", created=" + created + "]";
    }
}
