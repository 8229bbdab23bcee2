package io.jenkins.plugins.metakraftwerk.builds;

import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.server.Disks;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuild;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuilds;
import io.jenkins.plugins.metakraftwerk.watch.MemoryFile;
import io.jenkins.plugins.metakraftwerk.watch.SharedLooks;
import io.jenkins.plugins.metakraftwerk.watch.Watcher;
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
 * A job whose trigger looks for finished builds: its queue and its disk, and the words of its polling log. All of it
 * outlives the trigger, which is made anew at each run of a Pipeline.
 */
final class WatchedJob implements WatchingJob<LookKey> {

    private static final Logger LOGGER = Logger.getLogger(WatchedJob.class.getName());

    private static final String MEMORY = "metakraftwerk-builds.json";

    private final Job<?, ?> job;
    private final PollingLog log;
    private final JobStarter starter;
    private final Watcher<LookKey> watcher;

    /** What was said last of a trouble that lasts; null when it is over. */
    private volatile String trouble;

    WatchedJob(Job<?, ?> job, SharedLooks<LookKey> looks) {
        this.job = job;
        log = new PollingLog(() -> folder(job));
        starter = new JobStarter(job, this::say);
        MemoryFile memory = new MemoryFile(Disks.disk(), () -> folder(job).resolve(MEMORY));
        var builds = new FinishedBuilds(memory, starter);
        watcher = new Watcher<>(this, builds, looks, Threads::timing, Threads.work());
    }

    private static Path folder(Job<?, ?> job) {
        return job.getRootDir().toPath();
    }

    /** Whether it has ever watched. May block. */
    static boolean hasMemory(Job<?, ?> job) {
        return Files.exists(folder(job).resolve(MEMORY));
    }

    boolean isOf(Job<?, ?> other) {
        return job == other;
    }

    PollingLog log() {
        return log;
    }

    /** Lets it look, and tells it what happens. */
    Watcher<LookKey> watcher() {
        return watcher;
    }

    @Override
    public boolean hasTrigger() {
        return BuildWatch.of(job) != null;
    }

    @Override
    public Trigger<LookKey> trigger() {
        BuildWatch trigger = BuildWatch.of(job);
        if (trigger == null) {
            return new Trigger.None<>();
        }
        return BuildWatch.looks(trigger) && job.isBuildable()
                ? new Trigger.On<>(new JobLook(job, trigger, lines -> say(lines.toArray(String[]::new))))
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
        // A virtual thread may say so, which is not to log.
        Threads.http()
                .execute(() -> LOGGER.log(
                        Level.WARNING,
                        failure,
                        () -> "No thread for the trigger for finished builds of " + job.getFullName()));
    }

    /** The queue asks again and again, and would fill the log. */
    private void sayOnce(String line) {
        if (!line.equals(trouble)) {
            trouble = line;
            say(line);
        }
    }

    private void say(String... lines) {
        BuildWatch trigger = BuildWatch.of(job);
        Long next = !BuildWatch.looks(trigger) || !job.isBuildable()
                ? null
                : LookTimes.next(trigger.schedule()).map(Instant::toEpochMilli).orElse(null);
        log.add(new PollingLog.Entry(Threads.timing().now().toEpochMilli(), List.of(lines), next));
    }
}
