package io.jenkins.plugins.metakraftwerk.builds;

import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.server.CurrentDisk;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import io.jenkins.plugins.metakraftwerk.watch.BuildMemoryFile;
import io.jenkins.plugins.metakraftwerk.watch.BuildWatcher;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuild;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuildTracker;
import io.jenkins.plugins.metakraftwerk.watch.SharedPolls;
import io.jenkins.plugins.metakraftwerk.watch.WatchingJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Job whose trigger polls for finished builds: its queue, its disk and the texts of its polling log. It outlives the
 * trigger, which a Pipeline creates at each run.
 */
final class WatchedJob implements WatchingJob<PollKey> {

    private static final Logger LOGGER = Logger.getLogger(WatchedJob.class.getName());

    private static final String MEMORY = "metakraftwerk-builds.json";

    private final Job<?, ?> job;
    private final PollingLog log;
    private final JobStarter starter;
    private final BuildWatcher<PollKey> watcher;

    /** Last text about a problem that lasts. Null when the problem is over. */
    private volatile String trouble;

    WatchedJob(Job<?, ?> job, SharedPolls<PollKey> polls) {
        this.job = job;
        log = new PollingLog(() -> folder(job));
        starter = new JobStarter(job, this::say);
        BuildMemoryFile memory =
                new BuildMemoryFile(CurrentDisk.disk(), () -> folder(job).resolve(MEMORY));
        var builds = new FinishedBuildTracker(memory, starter);
        watcher = new BuildWatcher<>(this, builds, polls, Threads::timing, Threads.work());
    }

    private static Path folder(Job<?, ?> job) {
        return job.getRootDir().toPath();
    }

    /** Returns true if the job has ever polled. May block. */
    static boolean hasMemory(Job<?, ?> job) {
        return Files.exists(folder(job).resolve(MEMORY));
    }

    boolean isOf(Job<?, ?> other) {
        return job == other;
    }

    PollingLog log() {
        return log;
    }

    BuildWatcher<PollKey> watcher() {
        return watcher;
    }

    @Override
    public boolean hasTrigger() {
        return TriggerSettings.forJob(job) != null;
    }

    @Override
    public Trigger<PollKey> trigger() {
        TriggerSettings trigger = TriggerSettings.forJob(job);
        if (trigger == null) {
            return new Trigger.None<>();
        }
        return TriggerSettings.looks(trigger) && job.isBuildable()
                ? new Trigger.On<>(new TriggerPoll(job, trigger, lines -> say(lines.toArray(String[]::new))))
                : new Trigger.Off<>();
    }

    @Override
    public void emptyQueue() {
        starter.emptyQueue();
    }

    @Override
    public void begun() {
        trouble = null;
        Jenkins.get().getQueue().scheduleMaintenance();
    }

    @Override
    public void switchedOff() {
        say(job.isBuildable() ? Messages.log_off() : Messages.log_disabled());
    }

    @Override
    public void lostTrigger() {
        say(Messages.log_removed());
    }

    @Override
    public void lossNotSaved(IOException failure) {
        say(Messages.log_removedNotSaved(failure.getMessage()));
    }

    @Override
    public void notRead(IOException failure) {
        sayOnce(Messages.log_notRead(failure.getMessage()));
    }

    @Override
    public void notSaved(IOException failure) {
        say(Messages.log_notSaved(failure.getMessage()));
    }

    @Override
    public void startNotSaved(FinishedBuild build, IOException failure) {
        say(Messages.log_startNotSaved(String.valueOf(build.id()), failure.getMessage()));
    }

    @Override
    public void cancelled(FinishedBuild build) {
        say(Messages.log_cancelled(String.valueOf(build.id())));
    }

    @Override
    public void broughtBack(FinishedBuild build) {
        say(Messages.log_broughtBack(String.valueOf(build.id())));
    }

    @Override
    public void broken(Throwable failure) {
        LOGGER.log(Level.WARNING, failure, () -> "The trigger for finished builds failed for " + job.getFullName());
        sayOnce(Messages.log_broken(failure.getClass().getSimpleName()));
    }

    @Override
    public void notDone(Throwable failure) {
        // A virtual thread may call this, and such a thread must not log.
        Threads.http()
                .execute(() -> LOGGER.log(
                        Level.WARNING,
                        failure,
                        () -> "No thread for the trigger for finished builds of " + job.getFullName()));
    }

    /** Says it once: the queue asks often and would fill the log. */
    private void sayOnce(String line) {
        if (!line.equals(trouble)) {
            trouble = line;
            say(line);
        }
    }

    private void say(String... lines) {
        TriggerSettings trigger = TriggerSettings.forJob(job);
        Long next = !TriggerSettings.looks(trigger) || !job.isBuildable()
                ? null
                : PollSchedule.next(trigger.schedule())
                        .map(Instant::toEpochMilli)
                        .orElse(null);
        log.add(new PollingLog.Entry(Threads.timing().now().toEpochMilli(), List.of(lines), next));
    }
}
