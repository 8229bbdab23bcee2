package io.jenkins.plugins.metakraftwerk.form;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormFillFailure;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The fields that the forms of the build step and of the Pipeline steps have in common: lists, checks and help. A form
 * includes one of the pages of this class, with the descriptor that fits it.
 */
@Restricted(NoExternalUse.class)
public final class StepForm extends AbstractDescribableImpl<StepForm> {

    private StepForm() {}

    /** Where what is chosen goes into a script. */
    @Extension
    public static final class InScript extends Fields {
        @Override
        DropDowns dropDowns(Item item) {
            return DropDowns.of(item);
        }

        @Override
        public boolean isSendAfterUnknownOffered() {
            return true;
        }
    }

    /** Where what is chosen is kept by a job, whose build variables are expanded. */
    @Extension
    public static final class InJob extends Fields {
        @Override
        DropDowns dropDowns(Item item) {
            return DropDowns.withParameters(item);
        }
    }

    /** What a form asks for, by the names of its fields. */
    public abstract static class Fields extends Descriptor<StepForm> {

        private Fields() {
            super(StepForm.class);
        }

        /** Of the two descriptors of one class, the one that a form has asked. */
        @Override
        public final String getId() {
            return getClass().getName();
        }

        abstract DropDowns dropDowns(Item item);

        /** In a job, a new build is the way. */
        public boolean isSendAfterUnknownOffered() {
            return false;
        }

        public final int getDefaultWaitMinutes() {
            return DeploymentFields.DEFAULT_WAIT_MINUTES;
        }

        @POST
        public final ListBoxModel doFillServerItems(@AncestorInPath Item item, @QueryParameter String server) {
            return dropDowns(item).servers(server);
        }

        @POST
        public final ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String server, @QueryParameter String credentialsId) {
            return dropDowns(item).credentials(server, credentialsId);
        }

        @POST
        public final ListBoxModel doFillPatternItems(
                @AncestorInPath Item item,
                @QueryParameter String server,
                @QueryParameter String credentialsId,
                @QueryParameter String pattern)
                throws FormFillFailure {
            return dropDowns(item).patterns(server, credentialsId, pattern);
        }

        @POST
        public final ListBoxModel doFillDeploymentItems(
                @AncestorInPath Item item,
                @QueryParameter String server,
                @QueryParameter String credentialsId,
                @QueryParameter String pattern,
                @QueryParameter String patternId,
                @QueryParameter String deployment)
                throws FormFillFailure {
            return dropDowns(item).deployments(server, credentialsId, pattern, patternId, deployment);
        }

        @POST
        public final ListBoxModel doFillAgentGroupItems(
                @AncestorInPath Item item,
                @QueryParameter String server,
                @QueryParameter String credentialsId,
                @QueryParameter String agentGroup)
                throws FormFillFailure {
            return dropDowns(item).agentGroups(server, credentialsId, agentGroup);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public final FormValidation doCheckBuildId(@QueryParameter String value) {
            return FieldChecks.buildToDeploy(value);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public final FormValidation doCheckWaitMinutes(@QueryParameter String value) {
            return FieldChecks.waitMinutes(value);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public final FormValidation doCheckPatternId(@QueryParameter String value) {
            return FieldChecks.optionalId(value);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public final FormValidation doCheckDeploymentId(@QueryParameter String value) {
            return FieldChecks.optionalId(value);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public final FormValidation doCheckAgentId(@QueryParameter String value) {
            return FieldChecks.optionalId(value);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public final FormValidation doCheckAgentGroupId(@QueryParameter String value) {
            return FieldChecks.optionalId(value);
        }
    }
}
