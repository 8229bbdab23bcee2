package io.jenkins.plugins.metakraftwerk.freestyle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.Builder;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.server.TextLengthCheck;
import java.io.IOException;
import jenkins.tasks.SimpleBuildStep;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Freestyle build step: deploys a build and gives the id of its build deployment to later steps. */
public class DeployBuilder extends Builder implements SimpleBuildStep {

    private final String buildId;
    private String pattern;
    private String patternId;
    private String deployment;
    private String deploymentId;
    private String agent;
    private String agentId;
    private String agentGroup;
    private String agentGroupId;
    private String server;
    private String credentialsId;
    private boolean skipIfDeployed;
    private boolean waitForBuild;
    private Integer waitMinutes;

    /** @param buildId a positive whole number, or a text with build variables that make one */
    @DataBoundConstructor
    public DeployBuilder(String buildId) {
        this.buildId = TextLengthCheck.kept("buildId", buildId);
    }

    @CheckForNull
    public String getBuildId() {
        return buildId;
    }

    @CheckForNull
    public String getPattern() {
        return pattern;
    }

    @DataBoundSetter
    public void setPattern(String pattern) {
        this.pattern = TextLengthCheck.kept("pattern", pattern);
    }

    @CheckForNull
    public String getPatternId() {
        return patternId;
    }

    @DataBoundSetter
    public void setPatternId(String patternId) {
        this.patternId = TextLengthCheck.kept("patternId", patternId);
    }

    @CheckForNull
    public String getDeployment() {
        return deployment;
    }

    @DataBoundSetter
    public void setDeployment(String deployment) {
        this.deployment = TextLengthCheck.kept("deployment", deployment);
    }

    @CheckForNull
    public String getDeploymentId() {
        return deploymentId;
    }

    @DataBoundSetter
    public void setDeploymentId(String deploymentId) {
        this.deploymentId = TextLengthCheck.kept("deploymentId", deploymentId);
    }

    @CheckForNull
    public String getAgent() {
        return agent;
    }

    @DataBoundSetter
    public void setAgent(String agent) {
        this.agent = TextLengthCheck.kept("agent", agent);
    }

    @CheckForNull
    public String getAgentId() {
        return agentId;
    }

    @DataBoundSetter
    public void setAgentId(String agentId) {
        this.agentId = TextLengthCheck.kept("agentId", agentId);
    }

    @CheckForNull
    public String getAgentGroup() {
        return agentGroup;
    }

    @DataBoundSetter
    public void setAgentGroup(String agentGroup) {
        this.agentGroup = TextLengthCheck.kept("agentGroup", agentGroup);
    }

    @CheckForNull
    public String getAgentGroupId() {
        return agentGroupId;
    }

    @DataBoundSetter
    public void setAgentGroupId(String agentGroupId) {
        this.agentGroupId = TextLengthCheck.kept("agentGroupId", agentGroupId);
    }

    @CheckForNull
    public String getServer() {
        return server;
    }

    @DataBoundSetter
    public void setServer(String server) {
        this.server = TextLengthCheck.kept("server", server);
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = TextLengthCheck.kept("credentialsId", credentialsId);
    }

    public boolean isSkipIfDeployed() {
        return skipIfDeployed;
    }

    @DataBoundSetter
    public void setSkipIfDeployed(boolean skipIfDeployed) {
        this.skipIfDeployed = skipIfDeployed;
    }

    public boolean isWaitForBuild() {
        return waitForBuild;
    }

    @DataBoundSetter
    public void setWaitForBuild(boolean waitForBuild) {
        this.waitForBuild = waitForBuild;
    }

    @CheckForNull
    public Integer getWaitMinutes() {
        return waitMinutes;
    }

    @DataBoundSetter
    public void setWaitMinutes(Integer waitMinutes) {
        if (waitMinutes != null
                && DeploymentFields.minutes(waitMinutes.toString()).isEmpty()) {
            throw new IllegalArgumentException(
                    DeploymentFields.noMinutes(waitMinutes.toString()).toString());
        }
        this.waitMinutes = waitMinutes;
    }

    /** Older versions stored 0 for the default of the minutes. */
    private Object readResolve() {
        if (waitMinutes != null && waitMinutes == 0) {
            waitMinutes = null;
        }
        return this;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        BuildVariables variables = new BuildVariables(build.getEnvironment(listener));
        DeploymentFields fields = new DeploymentFields(variables.expand("buildId", buildId))
                .pattern(variables.expand("pattern", pattern), variables.expand("patternId", patternId))
                .deployment(variables.expand("deployment", deployment), variables.expand("deploymentId", deploymentId))
                .agent(
                        variables.expandOrWarn("agent", agent, listener),
                        variables.expandOrWarn("agentId", agentId, listener))
                .agentGroup(
                        variables.expandOrWarn("agentGroup", agentGroup, listener),
                        variables.expandOrWarn("agentGroupId", agentGroupId, listener))
                // A box has two states only: a cleared one is no decision against skipping.
                .skipIfDeployed(skipIfDeployed ? true : null)
                .waiting(waitForBuild, waitForBuild || skipIfDeployed ? waitMinutes : null);
        DeploymentResult result = new FreestyleDeployment(build, listener, DeployBuilderDescriptor.SYMBOL)
                .run(
                        fields,
                        variables.expandToSomething("server", server),
                        variables.expandCredentialsId(credentialsId, build));
        build.addAction(new DeploymentVariable(result.record().id()));
        return true;
    }

    /**
     * Refuses to run in a Pipeline, which has a step of its own. Without this method, Jenkins would take the symbol for
     * a mere value there: the Pipeline would succeed and deploy nothing.
     */
    @Override
    public void perform(Run<?, ?> run, EnvVars env, TaskListener listener) throws AbortException {
        throw new AbortException(Messages.builder_inPipeline());
    }

    @Override
    public boolean requiresWorkspace() {
        return false;
    }

    @Override
    public DeployBuilderDescriptor getDescriptor() {
        return (DeployBuilderDescriptor) super.getDescriptor();
    }
}
