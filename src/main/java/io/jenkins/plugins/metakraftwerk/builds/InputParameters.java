package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Failure;
import hudson.model.ParameterDefinition;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.form.ListUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;

/** Uses the step {@code input}. It must not be loaded if that plugin is missing: see {@link PendingInputs}. */
final class InputParameters {

    private InputParameters() {}

    static Optional<String> idOf(Run<?, ?> run, ParameterDefinition parameter) {
        return pending(run).stream()
                // Compares objects, since two inputs of a run may have parameters that look alike.
                .filter(input -> input.getInput().getParameters().stream().anyMatch(asked -> asked == parameter))
                .map(InputStepExecution::getId)
                .findFirst();
    }

    @CheckForNull
    static ParameterDefinition find(Run<?, ?> run, String id, String name) throws ListUnavailableException {
        for (InputStepExecution input : pending(run)) {
            if (input.getId().equals(id)) {
                requireMayAnswer(input);
                return input.getInput().getParameters().stream()
                        .filter(parameter -> parameter.getName().equals(name))
                        .findFirst()
                        .orElse(null);
            }
        }
        return null;
    }

    private static void requireMayAnswer(InputStepExecution input) throws ListUnavailableException {
        try {
            input.preSubmissionCheck();
        } catch (Failure | IOException e) {
            throw new ListUnavailableException(Messages.list_notYourInput());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ListUnavailableException(Messages.list_notYourInput());
        }
    }

    private static List<InputStepExecution> pending(Run<?, ?> run) {
        InputAction inputs = run.getAction(InputAction.class);
        try {
            return inputs == null ? List.of() : inputs.getExecutions();
        } catch (TimeoutException e) {
            // The run is still being resumed.
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
