package io.jenkins.plugins.metakraftwerk.form;

import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.server.ServerChoice;
import io.jenkins.plugins.metakraftwerk.server.TextLengthCheck;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * Fields that the forms of the build step and of the Pipeline steps have in common, with lists, checks and help. A form
 * includes one of the pages of this class, with the descriptor that fits it.
 */
@Restricted(NoExternalUse.class)
public final class StepForm implements Describable<StepForm> {

    private StepForm() {}

    /**
     * Fields of a form whose text goes into a script. It also checks the length of texts while somebody types. In a
     * job, they are checked when it is saved, since the page of a job may have many steps and should send no request
     * for them.
     */
    @Extension
    public static final class InScript extends Fields {
        @Override
        DropDowns dropDowns(Item item) {
            return DropDowns.forItem(item);
        }

        @Override
        FieldChecks checks() {
            return FieldChecks.IN_SCRIPT;
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public FormValidation doCheckServer(@QueryParameter String value) {
            return TextLengthCheck.check("server", value);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public FormValidation doCheckPattern(@QueryParameter String value) {
            return TextLengthCheck.check("pattern", value);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public FormValidation doCheckProject(@QueryParameter String value) {
            return TextLengthCheck.check("project", value);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public FormValidation doCheckUser(@QueryParameter String value) {
            return TextLengthCheck.check("user", value);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public FormValidation doCheckDeployment(@QueryParameter String value) {
            return TextLengthCheck.check("deployment", value);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public FormValidation doCheckAgentGroup(@QueryParameter String value) {
            return TextLengthCheck.check("agentGroup", value);
        }
    }

    /** Fields of a form whose text is stored by a job, which expands build variables. */
    @Extension
    public static final class InJob extends Fields {
        @Override
        DropDowns dropDowns(Item item) {
            return DropDowns.withParameters(item);
        }

        @Override
        FieldChecks checks() {
            return FieldChecks.IN_JOB;
        }
    }

    /** Web methods that a form calls, by the names of its fields. */
    public abstract static class Fields extends Descriptor<StepForm> {

        private Fields() {
            super(StepForm.class);
        }

        /** Returns the class name, since two descriptors describe one class. */
        @Override
        public final String getId() {
            return getClass().getName();
        }

        abstract DropDowns dropDowns(Item item);

        public final int getDefaultWaitMinutes() {
            return DeploymentFields.DEFAULT_WAIT_MINUTES;
        }

        /** Returns the name of the default server; empty if there is none or if the user may not see it. */
        public final String getDefaultServer() {
            StaplerRequest2 request = Stapler.getCurrentRequest2();
            return ServerChoice.defaultName(request == null ? null : request.findAncestorObject(Item.class));
        }

        @POST
        public final ListBoxModel doFillServerItems(@AncestorInPath Item item) {
            return dropDowns(item).servers();
        }

        /**
         * Takes the stored value by another name. A list must not depend on its own field, or else Jenkins would put
         * back what was cleared.
         */
        @POST
        public final ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String server, @QueryParameter String storedCredentialsId) {
            return dropDowns(item).credentials(server, storedCredentialsId);
        }

        @POST
        public final FieldListResponse doFillPatternItems(
                @AncestorInPath Item item, @QueryParameter String server, @QueryParameter String credentialsId) {
            return FieldListResponse.from(() -> dropDowns(item).patterns(server, credentialsId));
        }

        @POST
        public final FieldListResponse doFillProjectItems(
                @AncestorInPath Item item, @QueryParameter String server, @QueryParameter String credentialsId) {
            return FieldListResponse.from(() -> dropDowns(item).projects(server, credentialsId));
        }

        @POST
        public final FieldListResponse doFillDeploymentItems(
                @AncestorInPath Item item,
                @QueryParameter String server,
                @QueryParameter String credentialsId,
                @QueryParameter String pattern,
                @QueryParameter String patternId) {
            return FieldListResponse.from(() -> dropDowns(item).deployments(server, credentialsId, pattern, patternId));
        }

        @POST
        public final FieldListResponse doFillAgentGroupItems(
                @AncestorInPath Item item, @QueryParameter String server, @QueryParameter String credentialsId) {
            return FieldListResponse.from(() -> dropDowns(item).agentGroups(server, credentialsId));
        }

        @POST
        public final FieldListResponse doFillAgentItems(
                @AncestorInPath Item item, @QueryParameter String server, @QueryParameter String credentialsId) {
            return FieldListResponse.from(() -> dropDowns(item).agents(server, credentialsId));
        }

        /** Takes the typed text as {@code search}, since a list must not depend on its own field. */
        @POST
        public final FieldListResponse doFillBuildIdItems(
                @AncestorInPath Item item,
                @QueryParameter String server,
                @QueryParameter String credentialsId,
                @QueryParameter String pattern,
                @QueryParameter String patternId,
                @QueryParameter boolean waitForBuild,
                @QueryParameter String search) {
            return FieldListResponse.search(
                    () -> dropDowns(item).builds(server, credentialsId, pattern, patternId, waitForBuild), search);
        }

        /** Checks if the deployment that the form describes could be made now. */
        @POST
        public final FormValidation doCheckNow(
                @AncestorInPath Item item,
                @QueryParameter String server,
                @QueryParameter String credentialsId,
                @QueryParameter String buildId,
                @QueryParameter String pattern,
                @QueryParameter String patternId,
                @QueryParameter String deployment,
                @QueryParameter String deploymentId,
                @QueryParameter String agent,
                @QueryParameter String agentId,
                @QueryParameter String agentGroup,
                @QueryParameter String agentGroupId,
                @QueryParameter boolean skipIfDeployed,
                @QueryParameter boolean waitForBuild) {
            DeploymentFields typed = new DeploymentFields(buildId)
                    .pattern(pattern, patternId)
                    .deployment(deployment, deploymentId)
                    .agent(agent, agentId)
                    .agentGroup(agentGroup, agentGroupId)
                    .skipIfDeployed(skipIfDeployed ? true : null)
                    .waiting(waitForBuild, null);
            return new CheckNowButton(dropDowns(item), item).run(server, credentialsId, typed);
        }

        /** Returns the checks, which decide if a field for an id may also contain a variable. */
        abstract FieldChecks checks();

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public final FormValidation doCheckBuildId(@QueryParameter String value) {
            return checks().buildToDeploy(value);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public final FormValidation doCheckWaitMinutes(@QueryParameter String value) {
            return FieldChecks.waitMinutes(value);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public final FormValidation doCheckPatternId(@QueryParameter String value, @QueryParameter String pattern) {
            return checks().idInsteadOf(value, pattern);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public final FormValidation doCheckDeploymentId(
                @QueryParameter String value, @QueryParameter String deployment) {
            return checks().idInsteadOf(value, deployment);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public final FormValidation doCheckAgentId(
                @QueryParameter String value,
                @QueryParameter String agent,
                @QueryParameter String agentGroup,
                @QueryParameter String agentGroupId) {
            return checks().idInsteadOf(value, agent, agentGroup, agentGroupId);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public final FormValidation doCheckAgentGroupId(
                @QueryParameter String value,
                @QueryParameter String agentGroup,
                @QueryParameter String agent,
                @QueryParameter String agentId) {
            return checks().idInsteadOf(value, agentGroup, agent, agentId);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public final FormValidation doCheckAgent(@QueryParameter String value, @QueryParameter String agentGroup) {
            FormValidation length = TextLengthCheck.check("agent", value);
            return length.kind == FormValidation.Kind.OK ? FieldChecks.insteadOf(value, agentGroup) : length;
        }
    }
}
