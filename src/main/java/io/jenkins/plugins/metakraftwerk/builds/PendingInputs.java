package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.ParameterDefinition;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.form.ListUnavailableException;
import java.util.Optional;
import jenkins.model.Jenkins;

/** The inputs that runs wait for; none where the plugin that brings the step {@code input} is missing. */
final class PendingInputs {

    private PendingInputs() {}

    /** The id of the input of a run that asks for this very parameter. */
    static Optional<String> idOf(@CheckForNull Run<?, ?> run, ParameterDefinition parameter) {
        return mayHave(run) ? InputParameters.idOf(run, parameter) : Optional.empty();
    }

    /**
     * A parameter that an input asks for.
     *
     * @return null where the run does not wait for such an input, or that has no such parameter
     * @throws ListUnavailableException if who asks may not answer the input
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
