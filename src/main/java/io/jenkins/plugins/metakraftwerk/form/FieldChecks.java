package io.jenkins.plugins.metakraftwerk.form;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.metakraftwerk.client.Ids;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Checks while typing that need no server and reveal nothing, so that they need no permission either. */
@Restricted(NoExternalUse.class)
public final class FieldChecks {

    /** In a form of a freestyle job, and in one whose text goes into a script. */
    private static final Pattern JENKINS_BUILD = Pattern.compile("(?i)(?:\\$\\{?|\\benv\\.)(BUILD_ID|BUILD_NUMBER)\\b");

    private FieldChecks() {}

    /** A positive whole number, or a text with a variable in it, which is known only when the build runs. */
    public static FormValidation requiredId(String value) {
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.error(Messages.field_required())
                : optionalId(value);
    }

    public static FormValidation optionalId(String value) {
        String text = Util.fixEmptyAndTrim(value);
        return text == null || Macros.hasVariable(text) || Ids.read(text).isPresent()
                ? FormValidation.ok()
                : FormValidation.error(Messages.field_noId());
    }

    /** The id of the build to deploy, which is easily taken for the number that Jenkins calls by the same name. */
    public static FormValidation buildToDeploy(String value) {
        Matcher ofJenkins = JENKINS_BUILD.matcher(Util.fixNull(value));
        return ofJenkins.find()
                ? FormValidation.warning(Messages.field_jenkinsBuild(ofJenkins.group(1)))
                : requiredId(value);
    }

    /** How long to wait; blank for the default. */
    public static FormValidation waitMinutes(String value) {
        String text = Util.fixEmptyAndTrim(value);
        return text == null || DeploymentFields.minutes(text).isPresent()
                ? FormValidation.ok()
                : FormValidation.error(DeploymentFields.noMinutes(text).in(LocaleProvider.getLocale()));
    }
}
