package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormFillFailure;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.metakraftwerk.client.Ids;
import io.jenkins.plugins.metakraftwerk.config.DropDowns;
import io.jenkins.plugins.metakraftwerk.config.FieldChecks;
import io.jenkins.plugins.metakraftwerk.config.SubmittedFields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * What the descriptors of the steps have in common: lists and checks of the fields that all of them have, what scripts
 * and forms may not give them, and ids that the Snippet Generator writes as numbers.
 */
public abstract class MkStepDescriptor extends StepDescriptor implements CustomDescribableModel {

    private static final String ID_FIELDS = "id|buildId|patternId|deploymentId|agentId|agentGroupId";

    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }

    @Override
    public Step newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
        SubmittedFields.tidy(form, clazz);
        return super.newInstance(request, form);
    }

    @Override
    @NonNull
    public Map<String, Object> customInstantiate(@NonNull Map<String, Object> given) {
        return GivenArguments.of(this, given);
    }

    @Override
    @NonNull
    public UninstantiatedDescribable customUninstantiate(@NonNull UninstantiatedDescribable described) {
        Map<String, Object> numbers = new LinkedHashMap<>(described.getArguments());
        numbers.replaceAll((name, value) ->
                name.matches(ID_FIELDS) && value instanceof String text ? numberIfItIsOne(text) : value);
        return described.withArguments(numbers);
    }

    private static Object numberIfItIsOne(String text) {
        OptionalLong id = Ids.read(text);
        boolean plain = id.isPresent()
                && id.getAsLong() <= Integer.MAX_VALUE
                && Long.toString(id.getAsLong()).equals(text);
        return plain ? (Object) (int) id.getAsLong() : text;
    }

    @POST
    public ListBoxModel doFillServerItems(@AncestorInPath Item item, @QueryParameter String server) {
        return DropDowns.of(item).servers(server);
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String server, @QueryParameter String credentialsId) {
        return DropDowns.of(item).credentials(server, credentialsId);
    }

    @POST
    public ListBoxModel doFillPatternItems(
            @AncestorInPath Item item,
            @QueryParameter String server,
            @QueryParameter String credentialsId,
            @QueryParameter String pattern)
            throws FormFillFailure {
        return DropDowns.of(item).patterns(server, credentialsId, pattern);
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
        return DropDowns.of(item).deployments(server, credentialsId, pattern, patternId, deployment);
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
