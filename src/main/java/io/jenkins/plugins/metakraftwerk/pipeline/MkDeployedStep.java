package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import io.jenkins.plugins.metakraftwerk.client.BuildDeploymentFilter;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Step {@code mkDeployed}: returns the last deployment of this Jenkins at one target. */
public class MkDeployedStep extends MkServerStep {

    private static final long serialVersionUID = 1L;

    private String pattern;
    private String patternId;
    private String deployment;
    private String deploymentId;

    @DataBoundConstructor
    public MkDeployedStep() {
        // Each argument has an alternative.
    }

    @CheckForNull
    public String getPattern() {
        return pattern;
    }

    @DataBoundSetter
    public void setPattern(String pattern) {
        this.pattern = StepArguments.text("pattern", pattern);
    }

    @CheckForNull
    public String getPatternId() {
        return patternId;
    }

    @DataBoundSetter
    public void setPatternId(Object patternId) {
        this.patternId = StepArguments.id("patternId", patternId);
    }

    @CheckForNull
    public String getDeployment() {
        return deployment;
    }

    @DataBoundSetter
    public void setDeployment(String deployment) {
        this.deployment = StepArguments.text("deployment", deployment);
    }

    @CheckForNull
    public String getDeploymentId() {
        return deploymentId;
    }

    @DataBoundSetter
    public void setDeploymentId(Object deploymentId) {
        this.deploymentId = StepArguments.id("deploymentId", deploymentId);
    }

    BuildDeploymentFilter asked() throws MetaKraftwerkException {
        return BuildDeploymentFilter.ofTarget(pattern, patternId, deployment, deploymentId);
    }

    @Override
    StepExecution execution(StepContext context) {
        return new MkDeployedExecution(context, this);
    }

    @Extension
    public static class DescriptorImpl extends MkStepDescriptor {

        public DescriptorImpl() {
            super("mkDeployed", Messages::deployed_displayName);
        }
    }
}
