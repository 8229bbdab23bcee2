package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.SimpleParameterDefinition;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuild;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuildTracker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/** Queue and Jenkins builds of one job, for its trigger. */
final class JobStarter implements FinishedBuildTracker.Starter {

    private final Job<?, ?> job;
    private final Consumer<String> log;

    /** @param log gets problems with the parameter */
    JobStarter(Job<?, ?> job, Consumer<String> log) {
        this.job = job;
        this.log = log;
    }

    @Override
    public long nextNumber() {
        return job.getNextBuildNumber();
    }

    @Override
    public boolean isQueued(FinishedBuild build) {
        return items().anyMatch(item -> isOf(item, build));
    }

    /** Returns the items of the job that wait, are about to start, or started in the last five minutes. */
    private Stream<Queue.Item> items() {
        Queue queue = Jenkins.get().getQueue();
        Stream<Queue.Item> left = queue.getLeftItems().stream()
                .filter(item -> !item.isCancelled())
                .map(item -> item);
        return Stream.concat(Arrays.stream(queue.getItems()), left).filter(item -> item.task.equals(job));
    }

    private static boolean isOf(Queue.Item item, FinishedBuild build) {
        FinishedBuild other = FinishedBuildAction.finishedBuild(item);
        return other != null && other.is(build);
    }

    @Override
    public boolean hasStarted(FinishedBuild build) {
        for (Run<?, ?> run = job.getLastBuild();
                run != null && run.getNumber() >= build.since();
                run = run.getPreviousBuild()) {
            BuildFinishedCause cause = run.getCause(BuildFinishedCause.class);
            if (cause != null && cause.isOf(build)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean queue(FinishedBuild build) {
        if (TriggerSettings.forJob(job) == null) {
            // The trigger may have been removed.
            return false;
        }
        ParametersAction parameters = parameters(build);
        return ParameterizedJobMixIn.scheduleBuild2(
                        job,
                        -1,
                        Stream.of(
                                        new CauseAction(new BuildFinishedCause(build)),
                                        new FinishedBuildAction(build),
                                        parameters)
                                .filter(Objects::nonNull)
                                .toArray(hudson.model.Action[]::new))
                != null;
    }

    /** Cancels the items in the queue that were made for finished builds. */
    void emptyQueue() {
        Queue queue = Jenkins.get().getQueue();
        // Jenkins replaces a blocked item each time that it checks it. A cancel of the replaced item has no effect.
        Queue.withLock(() -> {
            for (Queue.Item item : queue.getItems()) {
                if (item.task.equals(job) && FinishedBuildAction.finishedBuild(item) != null) {
                    queue.cancel(item);
                }
            }
        });
    }

    /** Returns null for a job without parameters. */
    @CheckForNull
    private ParametersAction parameters(FinishedBuild build) {
        ParametersDefinitionProperty property = job.getProperty(ParametersDefinitionProperty.class);
        List<ParameterDefinition> definitions = property == null ? List.of() : property.getParameterDefinitions();
        ParameterDefinition chosen = chosen(definitions);
        List<ParameterValue> values = new ArrayList<>();
        for (ParameterDefinition definition : definitions) {
            ParameterValue value =
                    definition == chosen ? value(definition, build) : definition.getDefaultParameterValue();
            if (value != null) {
                values.add(value);
            }
        }
        return definitions.isEmpty() ? null : new ParametersAction(values);
    }

    @CheckForNull
    private ParameterDefinition chosen(List<ParameterDefinition> definitions) {
        TriggerSettings trigger = TriggerSettings.forJob(job);
        String named = trigger == null ? null : trigger.getParameter();
        for (ParameterDefinition definition : definitions) {
            if (named == null ? definition instanceof BuildParameterDefinition : named.equals(definition.getName())) {
                return definition;
            }
        }
        if (named != null) {
            log.accept(Messages.log_noParameter(RemoteText.name(named)));
        }
        return null;
    }

    @CheckForNull
    private ParameterValue value(ParameterDefinition definition, FinishedBuild build) {
        String id = Long.toString(build.id());
        if (!(definition instanceof SimpleParameterDefinition simple)) {
            return new BuildParameterValue(definition.getName(), id);
        }
        try {
            return simple.createValue(id);
        } catch (IllegalArgumentException e) {
            // A choice parameter without this id.
            log.accept(Messages.log_parameterRefuses(RemoteText.name(definition.getName()), id));
            return definition.getDefaultParameterValue();
        }
    }
}
