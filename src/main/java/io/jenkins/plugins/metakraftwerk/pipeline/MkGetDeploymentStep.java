package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.metakraftwerk.config.FieldChecks;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The step {@code mkGetDeployment}: one build deployment by its id. */
public class MkGetDeploymentStep extends Step {

    private final String id;
    private String server;
    private String credentialsId;

    /** @param id a positive whole number, as a number or as a text */
    @DataBoundConstructor
    public MkGetDeploymentStep(Object id) {
        this.id = Ids.text(id);
    }

    @CheckForNull
    public String getId() {
        return id;
    }

    @CheckForNull
    public String getServer() {
        return server;
    }

    @DataBoundSetter
    public void setServer(String server) {
        this.server = Util.fixEmptyAndTrim(server);
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new MkGetDeploymentExecution(context, id, server, credentialsId);
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
        public FormValidation doCheckId(@QueryParameter String value) {
            return FieldChecks.requiredId("id", value);
        }
    }
}
