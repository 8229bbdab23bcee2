package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The end of a step that failed: in words that scripts can tell apart, and not in failure where its result is known. */
final class StepFailure {

    private static final Logger LOGGER = Logger.getLogger(StepFailure.class.getName());

    private StepFailure() {}

    static void end(StepContext step, Throwable failure, FailureConsequences of) {
        Throwable shown = failure;
        try {
            boolean isOurs = failure instanceof MetaKraftwerkException || failure instanceof MetaKraftwerkStepException;
            Optional<Object> outcome = isOurs ? Optional.empty() : of.outcome();
            if (outcome.isPresent()) {
                LOGGER.log(Level.WARNING, failure, () -> "A MetaKraftwerk step that had its result went on to fail");
                step.onSuccess(outcome.get());
                return;
            }
            shown = known(failure, of);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "A MetaKraftwerk step could not tell how it failed");
        }
        step.onFailure(shown);
    }

    /** May block. */
    static MetaKraftwerkStepException known(Throwable failure, FailureConsequences of) {
        if (failure instanceof MetaKraftwerkStepException known) {
            return known;
        }
        if (failure instanceof MetaKraftwerkException known) {
            return new MetaKraftwerkStepException(of.onlyReads() ? known.beforeSending() : known);
        }
        LOGGER.log(Level.WARNING, failure, () -> "A MetaKraftwerk step failed in a way that it does not know");
        String name = failure.getClass().getSimpleName();
        if (!of.mayHaveChanged()) {
            return new MetaKraftwerkStepException(Messages.step_failed(name), false);
        }
        String said = Messages.step_broken(name);
        safely(() -> of.leaveUnknown(said));
        return new MetaKraftwerkStepException(said, true);
    }

    /** Whatever goes wrong there, the step ends. */
    static void safely(Runnable last) {
        try {
            last.run();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, "A MetaKraftwerk step left something undone at its end", e);
        }
    }
}
