package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Ends a step that failed, with an exception that scripts can tell apart. If the result is known, the step succeeds.
 */
final class StepFailure {

    private static final Logger LOGGER = Logger.getLogger(StepFailure.class.getName());

    private StepFailure() {}

    static void end(StepContext step, Throwable failure, FailureConsequences consequences) {
        Throwable shown = failure;
        try {
            boolean isOurs = failure instanceof MetaKraftwerkException || failure instanceof MetaKraftwerkStepException;
            Optional<Object> outcome = isOurs ? Optional.empty() : consequences.outcome();
            if (outcome.isPresent()) {
                LOGGER.log(Level.WARNING, failure, () -> "A MetaKraftwerk step that had its result went on to fail");
                step.onSuccess(outcome.get());
                return;
            }
            shown = known(failure, consequences);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "A MetaKraftwerk step could not tell how it failed");
        }
        step.onFailure(shown);
    }

    /** Makes the exception for the script. May block. */
    static MetaKraftwerkStepException known(Throwable failure, FailureConsequences consequences) {
        if (failure instanceof MetaKraftwerkStepException known) {
            return known;
        }
        if (failure instanceof MetaKraftwerkException known) {
            return new MetaKraftwerkStepException(consequences.onlyReads() ? known.beforeSending() : known);
        }
        LOGGER.log(Level.WARNING, failure, () -> "A MetaKraftwerk step failed in a way that it does not know");
        String name = failure.getClass().getSimpleName();
        if (!consequences.mayHaveChanged()) {
            return new MetaKraftwerkStepException(Messages.step_failed(name), false);
        }
        String said = Messages.step_broken(name);
        safely(() -> consequences.leaveUnknown(said));
        return new MetaKraftwerkStepException(said, true);
    }

    /** Runs a last action. If it fails, the step still ends. */
    static void safely(Runnable last) {
        try {
            last.run();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, "A MetaKraftwerk step left something undone at its end", e);
        }
    }
}
