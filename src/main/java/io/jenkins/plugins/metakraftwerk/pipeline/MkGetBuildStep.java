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

/** The step {@code mkGetBuild}: one build by its id, also one that was deleted. */
public class MkGetBuildStep extends MkStep {

    private final String id;

    /** @param id a positive whole number, as a number or as a text */
    @DataBoundConstructor
    public MkGetBuildStep(Object id) {
        this.id = Arguments.id("id", id);
    }

    @CheckForNull
    public String getId() {
        return id;
    }

    @Override
    StepExecution execution(StepContext context) {
        return new MkGetBuildExecution(context, id, getServer(), getCredentialsId());
    }

    @Extension
    public static class DescriptorImpl extends MkStepDescriptor {

        @Override
        public String getFunctionName() {
            return "mkGetBuild";
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.getBuild_displayName();
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public FormValidation doCheckId(@QueryParameter String value) {
            return FieldChecks.inScript().id(value);
        }
    }
}
