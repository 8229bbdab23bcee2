package io.jenkins.plugins.metakraftwerk.freestyle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import java.util.regex.Pattern;

/** Puts the variables of a build into a field, and refuses the field where one of them is not known. */
final class Variables {

    private static final Pattern UNKNOWN = Pattern.compile("\\$\\{[^}]*}?");

    private final EnvVars variables;

    Variables(EnvVars variables) {
        this.variables = variables;
    }

    /** @throws AbortException naming the field and what is left of it, since a wrong name could deploy a wrong thing */
    @CheckForNull
    String expand(String field, @CheckForNull String text) throws AbortException {
        String expanded = variables.expand(text);
        // A value that itself contains '${' is as suspect as a variable that is not there.
        if (expanded != null && UNKNOWN.matcher(expanded).find()) {
            throw new AbortException(Messages.variable_unknown(field, text));
        }
        return expanded;
    }
}
