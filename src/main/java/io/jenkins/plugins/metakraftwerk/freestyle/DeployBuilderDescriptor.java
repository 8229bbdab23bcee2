package io.jenkins.plugins.metakraftwerk.freestyle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AbstractProject;
import hudson.model.Item;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import hudson.util.FormFillFailure;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.metakraftwerk.config.DropDowns;
import io.jenkins.plugins.metakraftwerk.config.FieldChecks;
import io.jenkins.plugins.metakraftwerk.config.SubmittedFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.pipeline.MkDeployStep;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The form of the build step: its lists, which also offer the job's parameters, and its checks. */
@Extension
@Symbol(DeployBuilderDescriptor.SYMBOL)
public class DeployBuilderDescriptor extends BuildStepDescriptor<Builder> {

    static final String SYMBOL = "metaKraftwerkDeploy";

    public DeployBuilderDescriptor() {
        super(DeployBuilder.class);
    }

    /** The form of the Pipeline step: both have the same fields. */
    @Override
    public String getConfigPage() {
        return getViewPage(MkDeployStep.class, "config.jelly");
    }

    /** A field that has no help here means the same as in the Pipeline step. */
    @Override
    public String getHelpFile(String field) {
        String own = super.getHelpFile(field);
        return own != null
                ? own
                : Jenkins.get().getDescriptorOrDie(MkDeployStep.class).getHelpFile(field);
    }

    @Override
    public Builder newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
        SubmittedFields.tidy(form, clazz);
        return super.newInstance(request, form);
    }

    @Override
    public boolean isApplicable(Class<? extends AbstractProject> type) {
        return true;
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.builder_displayName();
    }

    public int getDefaultWaitMinutes() {
        return DeploymentFields.DEFAULT_WAIT_MINUTES;
    }

    @POST
    public ListBoxModel doFillServerItems(@AncestorInPath Item item, @QueryParameter String server) {
        return DropDowns.withParameters(item).servers(server);
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String server, @QueryParameter String credentialsId) {
        return DropDowns.withParameters(item).credentials(server, credentialsId);
    }

    @POST
    public ListBoxModel doFillPatternItems(
            @AncestorInPath Item item,
            @QueryParameter String server,
            @QueryParameter String credentialsId,
            @QueryParameter String pattern)
            throws FormFillFailure {
        return DropDowns.withParameters(item).patterns(server, credentialsId, pattern);
    }

    @POST
    public ListBoxModel doFillDeploymentItems(
            @AncestorInPath Item item,
            @QueryParameter String server,
            @QueryParameter String credentialsId,
            @QueryParameter String pattern,
            @QueryParameter String patternId,
            @QueryParameter String deployment)
            throws FormFillFailure {
        return DropDowns.withParameters(item).deployments(server, credentialsId, pattern, patternId, deployment);
    }

    @POST
    public ListBoxModel doFillAgentGroupItems(
            @AncestorInPath Item item,
            @QueryParameter String server,
            @QueryParameter String credentialsId,
            @QueryParameter String agentGroup)
            throws FormFillFailure {
        return DropDowns.withParameters(item).agentGroups(server, credentialsId, agentGroup);
    }

    @POST
    // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
    public FormValidation doCheckBuildId(@QueryParameter String value) {
        return FieldChecks.buildToDeploy(value);
    }

    @POST
    // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
    public FormValidation doCheckWaitMinutes(@QueryParameter String value) {
        return FieldChecks.waitMinutes(value);
    }

    @POST
    // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
    public FormValidation doCheckPatternId(@QueryParameter String value) {
        return FieldChecks.optionalId("patternId", value);
    }

    @POST
    // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
    public FormValidation doCheckDeploymentId(@QueryParameter String value) {
        return FieldChecks.optionalId("deploymentId", value);
    }

    @POST
    // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
    public FormValidation doCheckAgentId(@QueryParameter String value) {
        return FieldChecks.optionalId("agentId", value);
    }

    @POST
    // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
    public FormValidation doCheckAgentGroupId(@QueryParameter String value) {
        return FieldChecks.optionalId("agentGroupId", value);
    }
}
