package io.jenkins.plugins.metakraftwerk.builds;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Refuses to queue a job with a value that is no id. Some callers do not check values. */
@Extension
public final class BuildIdDecisionHandler extends Queue.QueueDecisionHandler {

    private static final Logger LOGGER = Logger.getLogger(BuildIdDecisionHandler.class.getName());

    @Override
    public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
        for (Action action : actions) {
            if (action instanceof ParametersAction parameters) {
                for (ParameterValue value : parameters.getAllParameters()) {
                    Optional<String> complaint = complaint(value);
                    if (complaint.isPresent()) {
                        LOGGER.log(
                                Level.WARNING,
                                () -> "Did not start " + task.getFullDisplayName() + ": " + complaint.get());
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static Optional<String> complaint(ParameterValue value) {
        return value instanceof BuildParameterValue build ? build.complaint() : Optional.empty();
    }
}
