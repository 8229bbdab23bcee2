package io.jenkins.plugins.metakraftwerk.builds;

import com.google.common.collect.Iterables;
import hudson.model.AbstractProject;
import hudson.model.Job;
import hudson.model.Run;
import hudson.triggers.Trigger;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.server.PluginTime;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/** Lets the triggers of a test look when the test says so. */
final class TestPolls {

    /** Once a year, so that nobody looks but the test. */
    static final String SPEC = "H H 1 1 *";

    private TestPolls() {}

    /** Gives a job the trigger, which notes at once what is there. */
    static void watch(Job<?, ?> job, BuildFinishedTrigger trigger) throws Exception {
        if (job instanceof WorkflowJob pipeline) {
            pipeline.addTrigger(trigger);
        } else {
            ((AbstractProject<?, ?>) job).addTrigger((Trigger) trigger);
        }
        trigger.start(job, true);
        awaitEntries(job, 1);
    }

    static PollingLog log(Job<?, ?> job) {
        return WatchedJobs.get().forJob(job).log();
    }

    static List<PollingLog.Entry> awaitEntries(Job<?, ?> job, int count) {
        TestWaits.until(
                count + " entries in the log of " + job, () -> log(job).newest().size() >= count);
        return log(job).newest();
    }

    /** Lets the schedule be due, after any look before is too old to be shared. Answers what the log says then. */
    static List<String> look(PluginTime time, Job<?, ?> job) {
        time.skip(Duration.ofDays(9));
        int before = looks(job).size();
        ((BuildFinishedTrigger) TriggerSettings.forJob(job)).run();
        TestWaits.until("a look of " + job, () -> looks(job).size() > before);
        return looks(job).get(0).lines();
    }

    /** The entries of looks, and not of what happens beside them. */
    private static List<PollingLog.Entry> looks(Job<?, ?> job) {
        return log(job).newest().stream()
                .filter(entry -> entry.lines().stream().anyMatch(line -> line.matches("(Noted|Saw|Could|Did) .*")))
                .toList();
    }

    /** The builds of a job, once there are so many and none runs or waits. */
    static List<? extends Run<?, ?>> builds(Job<?, ?> job, int count) {
        TestWaits.until(
                count + " builds of " + job,
                () -> Iterables.size(job.getBuilds()) >= count && !job.isInQueue() && !job.isBuilding());
        return List.copyOf(job.getBuilds());
    }

    static List<Long> ids(Job<?, ?> job, int count) {
        return builds(job, count).stream()
                .map(run -> run.getCause(BuildFinishedCause.class).getBuildId())
                .sorted()
                .toList();
    }
}
