package io.jenkins.plugins.metakraftwerk.config;

import hudson.Util;
import hudson.util.FormValidation;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Checks while typing that need no server and reveal nothing, so that they need no permission either. */
@Restricted(NoExternalUse.class)
public final class FieldChecks {

    private FieldChecks() {}

    /** A positive whole number, or a text with a variable in it, which is known only when the build runs. */
    public static FormValidation requiredId(String field, String value) {
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.error(Messages.field_required(field))
                : optionalId(field, value);
    }

    public static FormValidation optionalId(String field, String value) {
        String text = Util.fixEmptyAndTrim(value);
        return text == null || text.contains("${") || text.matches("0*[1-9][0-9]{0,17}")
                ? FormValidation.ok()
                : FormValidation.error(Messages.field_noId(field));
    }
}
