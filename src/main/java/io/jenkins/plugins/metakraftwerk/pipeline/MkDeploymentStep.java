package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import org.kohsuke.stapler.DataBoundSetter;

/** Arguments of the steps that deploy a build or check if it could be deployed. */
public abstract class MkDeploymentStep extends MkTargetStep {

    private static final long serialVersionUID = 1L;

    private final String buildId;
    private String agent;
    private String agentId;
    private String agentGroup;
    private String agentGroupId;
    private Boolean skipIfDeployed;
    private boolean waitForBuild;
    private Integer waitMinutes;

    /** @param buildId a positive whole number, as a number or a text */
    MkDeploymentStep(Object buildId) {
        this.buildId = StepArguments.id("buildId", buildId);
    }

    @CheckForNull
    public String getBuildId() {
        return buildId;
    }

    @CheckForNull
    public String getAgent() {
        return agent;
    }

    @DataBoundSetter
    public void setAgent(String agent) {
        this.agent = StepArguments.text("agent", agent);
    }

    @CheckForNull
    public String getAgentId() {
        return agentId;
    }

    @DataBoundSetter
    public void setAgentId(Object agentId) {
        this.agentId = StepArguments.id("agentId", agentId);
    }

    @CheckForNull
    public String getAgentGroup() {
        return agentGroup;
    }

    @DataBoundSetter
    public void setAgentGroup(String agentGroup) {
        this.agentGroup = StepArguments.text("agentGroup", agentGroup);
    }

    @CheckForNull
    public String getAgentGroupId() {
        return agentGroupId;
    }

    @DataBoundSetter
    public void setAgentGroupId(Object agentGroupId) {
        this.agentGroupId = StepArguments.id("agentGroupId", agentGroupId);
    }

    /** Returns null if it is not given, which is not the same as false. */
    @CheckForNull
    public Boolean getSkipIfDeployed() {
        return skipIfDeployed;
    }

    @DataBoundSetter
    public void setSkipIfDeployed(Object skipIfDeployed) {
        this.skipIfDeployed = skipIfDeployed == null ? null : StepArguments.flag("skipIfDeployed", skipIfDeployed);
    }

    public boolean isWaitForBuild() {
        return waitForBuild;
    }

    @DataBoundSetter
    public void setWaitForBuild(Object waitForBuild) {
        this.waitForBuild = StepArguments.flag("waitForBuild", waitForBuild);
    }

    @CheckForNull
    public Integer getWaitMinutes() {
        return waitMinutes;
    }

    @DataBoundSetter
    public void setWaitMinutes(Object waitMinutes) {
        this.waitMinutes = waitMinutes == null ? null : StepArguments.minutes(waitMinutes);
    }

    /** Returns all arguments together. */
    final DeploymentFields fields() {
        return new DeploymentFields(buildId)
                .pattern(getPattern(), getPatternId())
                .deployment(getDeployment(), getDeploymentId())
                .agent(agent, agentId)
                .agentGroup(agentGroup, agentGroupId)
                .skipIfDeployed(skipIfDeployed)
                .waiting(waitForBuild, waitMinutes);
    }
}
