package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The step {@code mkCheckDeployment}: says whether a deployment could be sent, and sends nothing. */
public class MkCheckDeploymentStep extends MkDeploymentStep {

    private static final String FAIL_ON_PROBLEMS = "failOnProblems";

    private boolean failOnProblems = true;

    /** @param buildId a positive whole number, as a number or as a text */
    @DataBoundConstructor
    public MkCheckDeploymentStep(Object buildId) {
        super(buildId);
    }

    public boolean isFailOnProblems() {
        return failOnProblems;
    }

    @DataBoundSetter
    public void setFailOnProblems(Object failOnProblems) {
        this.failOnProblems = Arguments.flag(FAIL_ON_PROBLEMS, failOnProblems);
    }

    @Override
    StepExecution execution(StepContext context) {
        return new MkCheckDeploymentExecution(context, fields(), failOnProblems, getServer(), getCredentialsId());
    }

    @Extension
    public static class DescriptorImpl extends MkStepDescriptor {

        @Override
        public String getFunctionName() {
            return "mkCheckDeployment";
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.check_displayName();
        }

        /** A box that is left empty means something here, and not that nothing was given. */
        @Override
        public Step newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            boolean off = !form.optBoolean(FAIL_ON_PROBLEMS, true);
            Step step = super.newInstance(request, form);
            if (off && step instanceof MkCheckDeploymentStep check) {
                check.setFailOnProblems(false);
            }
            return step;
        }
    }
}
