package io.jenkins.plugins.metakraftwerk.builds;

import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.deploy.FinishedBuild;
import io.jenkins.plugins.metakraftwerk.deploy.FinishedBuilds;
import io.jenkins.plugins.metakraftwerk.deploy.MemoryFile;
import io.jenkins.plugins.metakraftwerk.deploy.SharedLooks;
import io.jenkins.plugins.metakraftwerk.server.Disks;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import jenkins.model.Jenkins;

/**
 * A job whose trigger looks for finished builds: what it remembers, and one look after another. All of it outlives the
 * trigger, which is made anew at each run of a Pipeline. Its methods may block, all but {@link #mayRun}.
 */
final class WatchedJob {

    private final Job<?, ?> job;
    private final SharedLooks<LookKey> looks;
    private final PollingLog log;
    private final JobStarter starter;
    private final FinishedBuilds builds;
    private final AtomicBoolean looking = new AtomicBoolean();

    /** When the look began that this job has had last. */
    private final AtomicReference<Duration> had = new AtomicReference<>();

    WatchedJob(Job<?, ?> job, SharedLooks<LookKey> looks) {
        this.job = job;
        this.looks = looks;
        log = new PollingLog(() -> folder(job));
        starter = new JobStarter(job, this::say);
        MemoryFile memory = new MemoryFile(Disks.disk(), () -> folder(job).resolve("metakraftwerk-builds.json"));
        builds = new FinishedBuilds(memory, starter);
    }

    private static Path folder(Job<?, ?> job) {
        return job.getRootDir().toPath();
    }

    boolean isOf(Job<?, ?> other) {
        return job == other;
    }

    PollingLog log() {
        return log;
    }

    /** Sees what became of what was promised, and notes what is there where that was not done yet. */
    void begin() {
        try {
            builds.begin();
            Jenkins.get().getQueue().scheduleMaintenance();
            BuildWatch trigger = BuildWatch.of(job);
            if (trigger != null && (!job.isBuildable() || !BuildWatch.looks(trigger))) {
                switchOff();
            } else if (trigger != null && JobLook.isFirst(job, trigger, builds)) {
                look();
            }
        } catch (IOException e) {
            say(Messages.log_notRead(e.getMessage()));
        }
    }

    /** Looks, unless a look is still on its way. */
    void look() {
        BuildWatch trigger = BuildWatch.of(job);
        if (!BuildWatch.looks(trigger)) {
            return;
        }
        if (!job.isBuildable()) {
            switchOff();
        } else if (looking.compareAndSet(false, true)) {
            new JobLook(job, trigger, builds, looks, had, this::looked).begin();
        }
    }

    private void looked(List<String> lines) {
        looking.set(false);
        if (!job.isBuildable()) {
            switchOff();
        }
        say(lines.toArray(String[]::new));
    }

    /** The job is disabled, or its trigger has no schedule. */
    void switchOff() {
        try {
            if (builds.switchOff()) {
                starter.emptyQueue();
                say(job.isBuildable() ? Messages.log_off() : Messages.log_disabled());
            }
        } catch (IOException e) {
            say(Messages.log_notSaved(e.getMessage()));
        }
    }

    /** A Jenkins build for it has started. */
    void started(FinishedBuild build) {
        try {
            builds.started(build);
        } catch (IOException e) {
            say(Messages.log_startNotSaved(String.valueOf(build.id()), e.getMessage()));
        }
    }

    /** An item for it has been taken out of the queue. */
    void cancelled(FinishedBuild build) {
        try {
            if (builds.cancelled(build)) {
                say(Messages.log_cancelled(String.valueOf(build.id())));
            }
        } catch (IOException e) {
            say(Messages.log_notSaved(e.getMessage()));
        }
    }

    /** An item for it was in the queue although its Jenkins build has started. */
    void broughtBack(FinishedBuild build) {
        say(Messages.log_broughtBack(String.valueOf(build.id())));
    }

    Optional<Boolean> mayRun(FinishedBuild build) {
        return builds.mayRun(build);
    }

    private void say(String... lines) {
        BuildWatch trigger = BuildWatch.of(job);
        Long next = !BuildWatch.looks(trigger) || !job.isBuildable()
                ? null
                : LookTimes.next(trigger.schedule()).map(Instant::toEpochMilli).orElse(null);
        log.add(new PollingLog.Entry(Threads.timing().now().toEpochMilli(), List.of(lines), next));
    }
}
