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
 * Checks fields while somebody types. The checks need no server and reveal nothing, so they need no permission. An
 * empty field is no mistake yet, so that nothing is red before something is typed.
 */
@Restricted(NoExternalUse.class)
public final class FieldChecks {

    /**
     * Matches variables for the id or number of the Jenkins build, in a form of a freestyle job and in one whose text
     * goes into a script.
     */
    private static final Pattern JENKINS_BUILD = Pattern.compile("(?i)(?:\\$\\{?|\\benv\\.)(BUILD_ID|BUILD_NUMBER)\\b");

    /** Matches variables that a script would take as plain text, since they stand in quotes. */
    private static final Pattern IN_QUOTES = Pattern.compile("\\$|\\b(params|env)\\.");

    /** Checks for a form whose text a job stores, which expands variables. */
    static final FieldChecks IN_JOB = new FieldChecks(true);

    /** Checks for a form whose text goes into a script. */
    static final FieldChecks IN_SCRIPT = new FieldChecks(false);

    private final boolean takesVariables;

    private FieldChecks(boolean takesVariables) {
        this.takesVariables = takesVariables;
    }

    /** Returns the checks for forms of Pipeline steps. */
    public static FieldChecks inScript() {
        return IN_SCRIPT;
    }

    /** Checks an id: a positive whole number, or a text with a variable, whose value is known only in the build. */
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

    /** Checks an id that is given in place of another field. */
    FormValidation idInsteadOf(String value, String... others) {
        FormValidation id = id(value);
        return id.kind == FormValidation.Kind.OK ? insteadOf(value, others) : id;
    }

    /** Checks that only one of several fields with the same meaning is given. */
    static FormValidation insteadOf(String value, String... others) {
        boolean several = Util.fixEmptyAndTrim(value) != null
                && Stream.of(others).anyMatch(other -> Util.fixEmptyAndTrim(other) != null);
        return several ? FormValidation.error(Messages.field_several()) : FormValidation.ok();
    }

    /**
     * Checks the id of the build to deploy. Warns of the variables of Jenkins for its own build, which have similar
     * names.
     */
    FormValidation buildToDeploy(String value) {
        Matcher variable = JENKINS_BUILD.matcher(Util.fixNull(value));
        return variable.find() ? FormValidation.warning(Messages.field_jenkinsBuild(variable.group(1))) : id(value);
    }

    /** Checks the minutes to wait; blank for the default. */
    public static FormValidation waitMinutes(String value) {
        String text = Util.fixEmptyAndTrim(value);
        return text == null || DeploymentFields.minutes(text).isPresent()
                ? FormValidation.ok()
                : FormValidation.error(Messages.field_noMinutes(DeploymentFields.MOST_WAIT_MINUTES));
    }
}
