package io.jenkins.plugins.metakraftwerk.form;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.metakraftwerk.client.IdParser;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Checks while typing that need no server and reveal nothing, so that they need no permission either. What is empty is no
 * mistake yet: nothing is red before something was typed.
 */
@Restricted(NoExternalUse.class)
public final class FieldChecks {

    /** In a form of a freestyle job, and in one whose text goes into a script. */
    private static final Pattern JENKINS_BUILD = Pattern.compile("(?i)(?:\\$\\{?|\\benv\\.)(BUILD_ID|BUILD_NUMBER)\\b");

    /** What a script would read as text, and not as its variable. */
    private static final Pattern IN_QUOTES = Pattern.compile("\\$|\\b(params|env)\\.");

    /** Of a form whose text is kept by a job, which puts variables in. */
    static final FieldChecks IN_JOB = new FieldChecks(true);

    /** Of a form whose text goes into a script. */
    static final FieldChecks IN_SCRIPT = new FieldChecks(false);

    private final boolean takesVariables;

    private FieldChecks(boolean takesVariables) {
        this.takesVariables = takesVariables;
    }

    /** For forms of steps. */
    public static FieldChecks inScript() {
        return IN_SCRIPT;
    }

    /** A positive whole number, or a text with a variable in it, which is known only when the build runs. */
    public FormValidation id(String value) {
        String text = Util.fixEmptyAndTrim(value);
        if (text == null || IdParser.read(text).isPresent()) {
            return FormValidation.ok();
        }
        if (!takesVariables && IN_QUOTES.matcher(text).find()) {
            return FormValidation.error(Messages.field_inScript(text.replaceAll("[${}]", "")));
        }
        return takesVariables && Macros.hasVariable(text)
                ? FormValidation.ok()
                : FormValidation.error(Messages.field_noId());
    }

    /** An id that stands for what another field may name. */
    FormValidation idInsteadOf(String value, String... others) {
        FormValidation id = id(value);
        return id.kind == FormValidation.Kind.OK ? insteadOf(value, others) : id;
    }

    /** Of several fields that say the same, one may be given. */
    static FormValidation insteadOf(String value, String... others) {
        boolean several = Util.fixEmptyAndTrim(value) != null
                && Stream.of(others).anyMatch(other -> Util.fixEmptyAndTrim(other) != null);
        return several ? FormValidation.error(Messages.field_several()) : FormValidation.ok();
    }

    /** The id of the build to deploy, which is easily taken for the number that Jenkins calls by the same name. */
    FormValidation buildToDeploy(String value) {
        Matcher ofJenkins = JENKINS_BUILD.matcher(Util.fixNull(value));
        return ofJenkins.find() ? FormValidation.warning(Messages.field_jenkinsBuild(ofJenkins.group(1))) : id(value);
    }

    /** How long to wait; blank for the default. */
    public static FormValidation waitMinutes(String value) {
        String text = Util.fixEmptyAndTrim(value);
        return text == null || DeploymentFields.minutes(text).isPresent()
                ? FormValidation.ok()
                : FormValidation.error(Messages.field_noMinutes(DeploymentFields.MOST_WAIT_MINUTES));
    }
}
