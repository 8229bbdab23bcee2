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

/** What the form of a step or of the build step has sent, before an object is made of it. */
@Restricted(NoExternalUse.class)
public final class SubmittedFields {

    private static final String WAIT_MINUTES = "waitMinutes";

    private SubmittedFields() {}

    /**
     * Leaves of a form what somebody has filled in: no blanks, no empty boxes, and no minutes where nothing is waited for.
     *
     * @throws FormException if a field is no plain value, or the minutes are no number in range
     */
    public static void tidy(JSONObject form, Class<?> type) throws FormException {
        List<String> names = DescribableModel.of(type).getParameters().stream()
                .map(DescribableParameter::getName)
                .toList();
        refuseObjects(form, names);
        // Only for the list of credentials, which must not lose what is stored.
        form.remove("storedCredentialsId");
        refuseLong(form, names);
        names.stream().filter(name -> isLeftEmpty(form.get(name))).forEach(form::remove);
        if (form.has(WAIT_MINUTES)) {
            tidyMinutes(form);
        }
    }

    /** An object in a field could name any class, and where the field takes more than texts it would be made. */
    private static void refuseObjects(JSONObject form, List<String> names) throws FormException {
        List<String> refused = names.stream()
                .filter(name -> form.get(name) instanceof JSON value && !isNull(value))
                .toList();
        // Jenkins goes on without this check where it finds such a form within another one, so they must be gone by
        // then.
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
        String given = form.getString(WAIT_MINUTES);
        if (!form.optBoolean("waitForBuild") && !form.optBoolean("skipIfDeployed")) {
            form.remove(WAIT_MINUTES);
        } else if (DeploymentFields.minutes(given).isEmpty()) {
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
