package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.plugins.metakraftwerk.form.FieldChecks;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The step {@code mkGetDeployment}: one build deployment by its id. */
public class MkGetDeploymentStep extends MkStep {

    private final String id;

    /** @param id a positive whole number, as a number or as a text */
    @DataBoundConstructor
    public MkGetDeploymentStep(Object id) {
        this.id = Arguments.id("id", id);
    }

    @CheckForNull
    public String getId() {
        return id;
    }

    @Override
    StepExecution execution(StepContext context) {
        return new MkGetDeploymentExecution(context, id, getServer(), getCredentialsId());
    }

    @Extension
    public static class DescriptorImpl extends MkStepDescriptor {

        @Override
        public String getFunctionName() {
            return "mkGetDeployment";
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.get_displayName();
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public FormValidation doCheckId(@QueryParameter String value) {
            return FieldChecks.inScript().id(value);
        }
    }
}
