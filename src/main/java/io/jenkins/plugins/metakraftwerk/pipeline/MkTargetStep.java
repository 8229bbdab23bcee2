package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import org.kohsuke.stapler.DataBoundSetter;

/** Base of the steps that name a pattern and a deployment, each by name or by id. */
public abstract class MkTargetStep extends MkStep {

    private static final long serialVersionUID = 1L;

    private String pattern;
    private String patternId;
    private String deployment;
    private String deploymentId;

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
}
