package io.jenkins.plugins.metakraftwerk.form;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.ResourceBundle;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the forms call the fields: who filled in a form knows them by no other name. */
@Restricted(NoExternalUse.class)
public final class FieldLabels {

    /** Those of the form of a deployment. */
    private static final String LABELS = FieldLabels.class.getPackageName() + ".StepForm.deploy";

    private FieldLabels() {}

    /** @param field the name that scripts use; as it is, where no form has such a field */
    public static String forField(String field) {
        var bundle = ResourceBundle.getBundle(
                LABELS,
                LocaleProvider.getLocale(),
                FieldLabels.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        // What a label says in brackets is about its place in the form.
        return bundle.containsKey(field) ? bundle.getString(field).replaceFirst(" \\(.*\\)$", "") : field;
    }

    /** The same failure, with the labels of the fields in the place of their names. */
    public static MetaKraftwerkException in(MetaKraftwerkException failure) {
        return failure.with(in(failure.text()));
    }

    /** Likewise of a text. */
    static Text in(Text text) {
        return text.naming(Text.FIELD, field -> forField((String) field));
    }
}
