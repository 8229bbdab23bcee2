package io.jenkins.plugins.metakraftwerk.freestyle;

import com.cloudbees.plugins.credentials.CredentialsParameterValue;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.form.FieldLabels;
import io.jenkins.plugins.metakraftwerk.form.Macros;
import io.jenkins.plugins.metakraftwerk.server.TextLengthCheck;
import java.util.Set;
import java.util.stream.Collectors;

/** Replaces variables of a build in fields. Refuses a field with an unknown variable. */
final class BuildVariables {

    private final EnvVars variables;

    BuildVariables(EnvVars variables) {
        this.variables = variables;
    }

    /**
     * @throws AbortException with field and variable if one is unknown, since a wrong name could deploy a wrong build
     */
    @CheckForNull
    String expand(String field, @CheckForNull String text) throws AbortException {
        if (text == null) {
            return null;
        }
        // Checked before a message quotes the text.
        TextLengthCheck.require(field, text);
        for (String name : Macros.names(text)) {
            String value = variables.get(name);
            if (value == null) {
                throw new AbortException(Messages.variable_unknown(FieldLabels.forField(field), text, name));
            }
            // Refused like an unknown variable: somebody wanted it to be replaced, and nothing did.
            if (value.contains("${")) {
                throw new AbortException(Messages.variable_nested(FieldLabels.forField(field), text, name));
            }
        }
        return Util.replaceMacro(text, variables);
    }

    /** Same as {@link #expand}, for a field whose default applies if it becomes empty. Logs that. */
    @CheckForNull
    String expandOrWarn(String field, @CheckForNull String text, TaskListener listener) throws AbortException {
        String expanded = expand(field, text);
        if (isEmptied(text, expanded)) {
            listener.getLogger().println(Messages.variable_emptyExecutor(FieldLabels.forField(field), text));
        }
        return expanded;
    }

    /**
     * Same as {@link #expand}, but refuses a field that becomes empty: its default would choose another server or
     * account.
     */
    @CheckForNull
    String expandToSomething(String field, @CheckForNull String text) throws AbortException {
        String expanded = expand(field, text);
        if (isEmptied(text, expanded)) {
            throw new AbortException(Messages.variable_empty(FieldLabels.forField(field), text));
        }
        return expanded;
    }

    private static boolean isEmptied(@CheckForNull String text, @CheckForNull String expanded) {
        return text != null && Util.fixEmptyAndTrim(expanded) == null;
    }

    /**
     * Expands the id of a credential. Leaves a credentials parameter to the credentials plugin, which checks what the
     * user who chose it may use. If it were expanded here, every user who may build the job could use all credentials
     * of the job.
     */
    @CheckForNull
    String expandCredentialsId(@CheckForNull String text, Run<?, ?> build) throws AbortException {
        Set<String> chosen = build.getActions(ParametersAction.class).stream()
                .flatMap(action -> action.getAllParameters().stream())
                .filter(CredentialsParameterValue.class::isInstance)
                .map(ParameterValue::getName)
                .collect(Collectors.toSet());
        for (String name : chosen) {
            if (("${" + name + "}").equals(text) || ("$" + name).equals(text)) {
                return "${" + name + "}";
            }
        }
        EnvVars others = new EnvVars(variables);
        others.keySet().removeAll(chosen);
        return new BuildVariables(others).expandToSomething("credentialsId", text);
    }
}
