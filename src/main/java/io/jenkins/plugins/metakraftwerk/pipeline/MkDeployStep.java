package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.Extension;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Step {@code mkDeploy}: deploys a build and returns its build deployment. */
public class MkDeployStep extends MkDeploymentStep {

    private static final long serialVersionUID = 1L;
    static final String NAME = "mkDeploy";

    private boolean sendAfterUnknown;

    /** @param buildId a positive whole number, as a number or a text */
    @DataBoundConstructor
    public MkDeployStep(Object buildId) {
        super(buildId);
    }

    public boolean isSendAfterUnknown() {
        return sendAfterUnknown;
    }

    @DataBoundSetter
    public void setSendAfterUnknown(Object sendAfterUnknown) {
        this.sendAfterUnknown = StepArguments.flag("sendAfterUnknown", sendAfterUnknown);
    }

    @Override
    StepExecution execution(StepContext context) {
        return new MkDeployExecution(
                context, fields().sendAfterUnknown(sendAfterUnknown), getServer(), getCredentialsId());
    }

    @Extension
    public static class DescriptorImpl extends MkStepDescriptor {

        public DescriptorImpl() {
            super(NAME, Messages::deploy_displayName);
        }

        /** The form calls it; other steps share this form. */
        public boolean isSendAfterUnknownOffered() {
            return true;
        }
    }
}
