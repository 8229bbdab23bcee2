package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.ParameterDefinition;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.form.ListUnavailableException;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Inputs that runs wait for. None if the plugin of the step {@code input} is missing. */
final class PendingInputs {

    private PendingInputs() {}

    /** Returns the id of the input of a run that has this very parameter. */
    static Optional<String> idOf(@CheckForNull Run<?, ?> run, ParameterDefinition parameter) {
        return mayHave(run) ? InputParameters.idOf(run, parameter) : Optional.empty();
    }

    /**
     * Returns a parameter of an input.
     *
     * @return null if the run does not wait for such an input, or the input has no such parameter
     * @throws ListUnavailableException if the current user may not answer the input
     */
    @CheckForNull
    static ParameterDefinition parameter(@CheckForNull Run<?, ?> run, String input, String name)
            throws ListUnavailableException {
        return mayHave(run) ? InputParameters.find(run, input, name) : null;
    }

    private static boolean mayHave(@CheckForNull Run<?, ?> run) {
        return run != null && Jenkins.get().getPlugin("pipeline-input-step") != null;
    }
}
