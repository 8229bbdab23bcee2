package io.jenkins.plugins.metakraftwerk.freestyle;

import com.cloudbees.plugins.credentials.CredentialsParameterValue;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Run;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
        if (chosen.stream().anyMatch(name -> ("${" + name + "}").equals(text))) {
            return text;
        }
        EnvVars others = new EnvVars(variables);
        others.keySet().removeAll(chosen);
        return new Variables(others).expand("credentialsId", text);
    }
}
