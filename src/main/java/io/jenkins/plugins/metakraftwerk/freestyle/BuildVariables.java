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

/** Puts the variables of a build into a field, and refuses the field where one of them is not known. */
final class BuildVariables {

    private final EnvVars variables;

    BuildVariables(EnvVars variables) {
        this.variables = variables;
    }

    /** @throws AbortException naming the field and the variable, since a wrong name could deploy a wrong thing */
    @CheckForNull
    String expand(String field, @CheckForNull String text) throws AbortException {
        if (text == null) {
            return null;
        }
        // Before anything quotes it.
        TextLengthCheck.require(field, text);
        for (String name : Macros.names(text)) {
            String value = variables.get(name);
            if (value == null) {
                throw new AbortException(Messages.variable_unknown(FieldLabels.forField(field), text, name));
            }
            // As suspect as a variable that is not there: somebody wanted it to be replaced, and nobody has.
            if (value.contains("${")) {
                throw new AbortException(Messages.variable_nested(FieldLabels.forField(field), text, name));
            }
        }
        return Util.replaceMacro(text, variables);
    }

    /** The same where a default takes the place of an empty field, and the log tells so. */
    @CheckForNull
    String expandOrWarn(String field, @CheckForNull String text, TaskListener listener) throws AbortException {
        String expanded = expand(field, text);
        if (isEmptied(text, expanded)) {
            listener.getLogger().println(Messages.variable_emptyExecutor(FieldLabels.forField(field), text));
        }
        return expanded;
    }

    /** The same where a default must not take the place of an empty field: it would choose another server or account. */
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
     * The id of a credential. A parameter that chooses one is left to the credentials plugin, which asks what the user who
     * chose may use; put in here, it would give to everybody who may build the job all that the job may use.
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
