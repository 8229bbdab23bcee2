package io.jenkins.plugins.metakraftwerk.form;

import hudson.model.Descriptor.FormException;
import io.jenkins.plugins.metakraftwerk.client.FieldLimits;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import java.util.List;
import java.util.Optional;
import net.sf.json.JSON;
import net.sf.json.JSONNull;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Fields that the form of a Pipeline step or of the build step has submitted, before an object is made of them. */
@Restricted(NoExternalUse.class)
public final class SubmittedFields {

    private static final String WAIT_MINUTES = "waitMinutes";

    private SubmittedFields() {}

    /**
     * Keeps only the fields that somebody has filled in: no blank texts, no empty boxes, and no minutes if nothing is
     * waited for.
     *
     * @throws FormException if a field is no plain value, or if the minutes are no number in range
     */
    public static void tidy(JSONObject form, Class<?> type) throws FormException {
        List<String> names = DescribableModel.of(type).getParameters().stream()
                .map(DescribableParameter::getName)
                .toList();
        refuseObjects(form, names);
        // Used only by the list of credentials, which must contain the stored value.
        form.remove("storedCredentialsId");
        refuseLong(form, names);
        names.stream().filter(name -> isLeftEmpty(form.get(name))).forEach(form::remove);
        if (form.has(WAIT_MINUTES)) {
            tidyMinutes(form);
        }
    }

    /**
     * Refuses objects: an object could name any class, and Jenkins would make it if the field takes more than texts.
     */
    private static void refuseObjects(JSONObject form, List<String> names) throws FormException {
        List<String> refused = names.stream()
                .filter(name -> form.get(name) instanceof JSON value && !isNull(value))
                .toList();
        // Removed, since Jenkins skips this check for a form that it finds within another one.
        refused.forEach(form::remove);
        if (!refused.isEmpty()) {
            throw new FormException(Messages.field_noPlainValue(refused.get(0)), refused.get(0));
        }
    }

    private static void refuseLong(JSONObject form, List<String> names) throws FormException {
        for (String name : names) {
            Optional<Text> complaint = FieldLimits.complaint(name, form.get(name) instanceof String text ? text : null);
            if (complaint.isPresent()) {
                throw new FormException(FieldLabels.in(complaint.get()).in(LocaleProvider.getLocale()), name);
            }
        }
    }

    private static void tidyMinutes(JSONObject form) throws FormException {
        String minutes = form.getString(WAIT_MINUTES);
        if (!form.optBoolean("waitForBuild") && !form.optBoolean("skipIfDeployed")) {
            form.remove(WAIT_MINUTES);
        } else if (DeploymentFields.minutes(minutes).isEmpty()) {
            throw new FormException(Messages.field_noMinutes(DeploymentFields.MOST_WAIT_MINUTES), WAIT_MINUTES);
        }
    }

    private static boolean isLeftEmpty(Object value) {
        return Boolean.FALSE.equals(value)
                || value instanceof String text && text.isBlank()
                || value instanceof JSON json && isNull(json);
    }

    private static boolean isNull(JSON value) {
        return value instanceof JSONNull || value instanceof JSONObject object && object.isNullObject();
    }
}
