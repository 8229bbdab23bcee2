package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.server.TextLengthCheck;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the name of a parameter, so that its value can be read and is not taken for another one. */
final class ParameterName {

    /** Variables of Jenkins, compared without case. */
    private static final Set<String> OF_JENKINS = Set.of(
            "BUILD_DISPLAY_NAME",
            "BUILD_ID",
            "BUILD_NUMBER",
            "BUILD_TAG",
            "BUILD_URL",
            "CI",
            "EXECUTOR_NUMBER",
            "HUDSON_HOME",
            "HUDSON_SERVER_COOKIE",
            "HUDSON_URL",
            "JENKINS_HOME",
            "JENKINS_SERVER_COOKIE",
            "JENKINS_URL",
            "JOB_BASE_NAME",
            "JOB_NAME",
            "JOB_URL",
            "NODE_LABELS",
            "NODE_NAME",
            "WORKSPACE",
            "WORKSPACE_TMP");

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private ParameterName() {}

    /** Returns why no parameter may have this name. Empty if it is allowed. */
    static Optional<String> complaint(@CheckForNull String name) {
        String given = Util.fixEmptyAndTrim(name);
        if (given == null) {
            return Optional.of(Messages.parameter_noName());
        }
        return OF_JENKINS.contains(given.toUpperCase(Locale.ROOT))
                ? Optional.of(Messages.parameter_nameOfJenkins(given))
                : Optional.empty();
    }

    /** Checks a name for a form. Also warns of a name that cannot be read everywhere. */
    static FormValidation check(@CheckForNull String name) {
        FormValidation length = TextLengthCheck.check("name", name);
        if (length.kind != FormValidation.Kind.OK) {
            return length;
        }
        Optional<String> complaint = complaint(name);
        if (complaint.isPresent()) {
            return FormValidation.error(complaint.get());
        }
        String given = name.strip();
        return VARIABLE.matcher(given).matches()
                ? FormValidation.ok()
                : FormValidation.warning(Messages.parameter_noVariable(RemoteText.name(given)));
    }
}
