package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterDefinition.ParameterDescriptor;
import hudson.model.ParametersDefinitionProperty;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.metakraftwerk.client.IdParser;
import io.jenkins.plugins.metakraftwerk.form.DefaultableFields;
import io.jenkins.plugins.metakraftwerk.form.FieldListResponse;
import io.jenkins.plugins.metakraftwerk.form.ListUnavailableException;
import io.jenkins.plugins.metakraftwerk.form.StepForm;
import io.jenkins.plugins.metakraftwerk.form.SubmittedFields;
import java.util.Map;
import java.util.Optional;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Lists and checks of the parameter, for the form that defines it and for the field that chooses a build. */
@Extension
@Symbol("metaKraftwerkBuild")
public class BuildParameterDescriptor extends ParameterDescriptor implements CustomDescribableModel {

    public BuildParameterDescriptor() {
        super(BuildParameterDefinition.class);
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.parameter_displayName();
    }

    @Override
    public ParameterDefinition newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form)
            throws FormException {
        SubmittedFields.tidy(form, clazz);
        Optional<String> complaint = ParameterName.complaint(form.optString("name"));
        if (complaint.isPresent()) {
            throw new FormException(complaint.get(), "name");
        }
        return super.newInstance(request, form);
    }

    @Override
    @NonNull
    public Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
        return DefaultableFields.given(arguments);
    }

    /**
     * Returns lists, checks and help of the fields that other forms have too. There are no variables when a parameter
     * is read.
     */
    public StepForm.Fields getShared() {
        return ExtensionList.lookupSingleton(StepForm.InScript.class);
    }

    @POST
    // lgtm[jenkins/no-permission-check] Checks only the given text and looks nothing up.
    public FormValidation doCheckName(@QueryParameter String value) {
        return ParameterName.check(value);
    }

    @POST
    // lgtm[jenkins/no-permission-check] Checks only the given text and looks nothing up.
    public FormValidation doCheckDefaultValue(@QueryParameter String value) {
        boolean fits =
                Util.fixEmptyAndTrim(value) == null || IdParser.read(value).isPresent();
        return fits ? FormValidation.ok() : FormValidation.error(Messages.parameter_defaultNoId());
    }

    /**
     * Returns the builds to choose from. The request only names the parameter. The filters come from the job or from
     * the script of the run.
     *
     * @param name name of the parameter
     * @param run number of the run, for a parameter of an {@code input}; blank for a parameter of the job
     * @param input id of that input
     * @param search text that the user has typed
     */
    @POST
    public FieldListResponse doFillValueItems(
            @AncestorInPath Item item,
            @QueryParameter String name,
            @QueryParameter String run,
            @QueryParameter String input,
            @QueryParameter String search) {
        return FieldListResponse.search(() -> builds(item, name, run, input), search);
    }

    private static ListBoxModel builds(@CheckForNull Item item, String name, String run, String input)
            throws ListUnavailableException {
        if (!(item instanceof Job<?, ?> job)) {
            throw new ListUnavailableException(Messages.list_noJob());
        }
        ParameterDefinition found = Util.fixEmptyAndTrim(run) == null
                ? ofJob(job, name)
                : PendingInputs.parameter(job.getBuild(run), input, name);
        if (found instanceof BuildParameterDefinition parameter) {
            return parameter.suggested(job).list();
        }
        throw new ListUnavailableException(Messages.list_noParameter());
    }

    @CheckForNull
    private static ParameterDefinition ofJob(Job<?, ?> job, String name) throws ListUnavailableException {
        if (!job.hasPermission(Item.BUILD)) {
            throw new ListUnavailableException(Messages.list_noPermission());
        }
        ParametersDefinitionProperty parameters = job.getProperty(ParametersDefinitionProperty.class);
        return parameters == null ? null : parameters.getParameterDefinition(name);
    }
}
