package io.jenkins.plugins.metakraftwerk.form;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.ResourceBundle;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Labels of the fields in the forms. People who fill in a form know the fields only by these. */
@Restricted(NoExternalUse.class)
public final class FieldLabels {

    /** Bundle with the labels in the form of a deployment. */
    private static final String LABELS = FieldLabels.class.getPackageName() + ".StepForm.deploy";

    private FieldLabels() {}

    /** @param field the name that scripts use; returned as it is if no form has such a field */
    public static String forField(String field) {
        var bundle = ResourceBundle.getBundle(
                LABELS,
                LocaleProvider.getLocale(),
                FieldLabels.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        // Text in brackets explains the place in the form only.
        return bundle.containsKey(field) ? bundle.getString(field).replaceFirst(" \\(.*\\)$", "") : field;
    }

    /** Returns the failure with the labels of fields in place of their names. */
    public static MetaKraftwerkException in(MetaKraftwerkException failure) {
        return failure.with(in(failure.text()));
    }

    /** Returns the text with the labels of fields in place of their names. */
    static Text in(Text text) {
        return text.naming(Text.FIELD, field -> forField((String) field));
    }
}
