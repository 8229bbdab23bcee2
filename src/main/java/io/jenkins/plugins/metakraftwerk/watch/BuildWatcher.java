package io.jenkins.plugins.metakraftwerk.watch;

import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.watch.WatchingJob.Trigger;
import io.jenkins.plugins.metakraftwerk.watch.WatchingJob.Trigger.None;
import io.jenkins.plugins.metakraftwerk.watch.WatchingJob.Trigger.Off;
import io.jenkins.plugins.metakraftwerk.watch.WatchingJob.Trigger.On;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Does the work of a job's trigger, and handles changes of job and trigger. It outlives the trigger, which is created
 * anew again and again. Only {@link #started} and {@link #leaves} block.
 *
 * @param <K> the key by which polls are shared
 */
public final class BuildWatcher<K> {

    /** The decision about an item in the queue. */
    public enum ItemVerdict {
        /** It may run. */
        RUNS,
        /** It waits until the memory is read and changes of the job are handled. */
        CHECKED,
        /** It waits until it is clear if the trigger was removed. */
        WITHOUT_TRIGGER,
        /** It must be removed: its build has started, or must not start. */
        OVER
    }

    /** Tasks that are handed over, beside those for single builds. */
    private enum Due {
        BEGIN,
        LOOK,
        SWITCH_OFF
    }

    private final WatchingJob<K> job;
    private final FinishedBuildTracker builds;
    private final Supplier<Timing> timing;
    private final TaskHandover handover;
    private final JobPolls<K> looks;
    private final RemovedTriggerDetector missing;
    private volatile boolean forgotten;

    /** True if the job was disabled and the consequences are still to come. */
    private volatile boolean disabled;

    /**
     * @param timing returns the current timing
     * @param work may block
     */
    public BuildWatcher(
            WatchingJob<K> job,
            FinishedBuildTracker builds,
            SharedPolls<K> looks,
            Supplier<Timing> timing,
            Executor work) {
        this.job = job;
        this.builds = builds;
        this.timing = timing;
        handover = new TaskHandover(work, job::broken, job::notDone);
        missing = new RemovedTriggerDetector(timing);
        this.looks = new JobPolls<>(builds, looks, timing, handover, () -> !missing.mayBeLost(), this::over);
    }

    /** Handles a trigger, which may be new, or items in the queue that need the memory. */
    public void begin() {
        handover.soon(Due.BEGIN, this::beginNow);
    }

    /** Polls, since the schedule says so. */
    public void look() {
        if (!handover.soon(Due.LOOK, this::lookNow)) {
            looks.miss();
        }
    }

    /** Handles a job that was saved, or that was there when Jenkins started. */
    public void saved() {
        if (!job.hasTrigger()) {
            missing.gone()
                    .ifPresent(then -> timing.get()
                            .later(RemovedTriggerDetector.GAP, () -> handover.soon(then, () -> seeIfGone(then))));
        } else if (missing.mayBeLost()) {
            begin();
        }
    }

    /** Handles a job that was deleted or replaced by another object. Tasks on their way must change nothing then. */
    public void forget() {
        forgotten = true;
        missing.back();
        looks.letGo();
    }

    private void seeIfGone(Duration then) {
        if (!job.hasTrigger() && missing.isStillGone(then)) {
            lose();
        }
    }

    /** Finds out what became of promised builds. If there was no poll yet, polls to note the builds that are there. */
    private void beginNow() {
        if (forgotten) {
            return;
        }
        try {
            Trigger<K> trigger = job.trigger();
            if (!(trigger instanceof None) && missing.back()) {
                lose();
            }
            switchOffIfDue();
            builds.begin();
            job.begun();
            switch (trigger) {
                case On<K>(WatchingJob.JobPoll<K> look) -> {
                    builds.queueAgain();
                    if (isFirst(look)) {
                        looks.look(look);
                    }
                }
                case Off<K> off -> switchOff();
                case None<K> none -> {}
            }
        } catch (IOException e) {
            job.notRead(e);
        }
    }

    /**
     * Returns true if the next poll is the first. Returns false if that is unknown; the reason is reported when a poll
     * is due.
     */
    private boolean isFirst(WatchingJob.JobPoll<K> look) throws IOException {
        try {
            WatchingJob.PollTarget<K> aim = look.aim();
            return builds.isFirst(aim.server(), aim.filter());
        } catch (WatchingJob.CannotPollException e) {
            return false;
        }
    }

    private void lookNow() {
        if (forgotten) {
            return;
        }
        switchOffIfDue();
        switch (job.trigger()) {
            case On<K>(WatchingJob.JobPoll<K> look) -> looks.look(look);
            case Off<K> off -> switchOff();
            case None<K> none -> {}
        }
    }

    private void over(boolean counted) {
        if (forgotten) {
            return;
        }
        if (job.trigger() instanceof Off) {
            switchOff();
        } else if (!counted) {
            // The next poll may see other builds, for which it is the first.
            begin();
        }
    }

    /** Handles a job that is disabled, perhaps not for long. */
    public void disabled() {
        disabled = true;
        looks.letGo();
        handover.soon(Due.SWITCH_OFF, this::switchOffIfDue);
    }

    private void switchOffIfDue() {
        if (disabled) {
            switchOff();
        }
    }

    private void switchOff() {
        disabled = false;
        switchOff(job::switchedOff, job::notSaved);
    }

    private void lose() {
        switchOff(job::lostTrigger, job::lossNotSaved);
    }

    private interface SaveFailureLog {
        void say(IOException failure);
    }

    private void switchOff(Runnable news, SaveFailureLog trouble) {
        looks.letGo();
        // First: otherwise the queue asks about builds that must not start, and the log would blame a crash.
        job.emptyQueue();
        try {
            if (builds.switchOff()) {
                news.run();
            }
        } catch (IOException e) {
            trouble.say(e);
        }
    }

    /** Notes that a Jenkins build for it has started. May block. */
    public void started(FinishedBuild build) {
        try {
            builds.started(build);
        } catch (IOException e) {
            job.startNotSaved(build, e);
        } catch (RuntimeException | Error e) {
            job.broken(e);
        }
    }

    /** Notes that the Jenkins build for it is about to be deleted. May block. */
    public void leaves(FinishedBuild build) {
        try {
            builds.leaves(build);
        } catch (IOException e) {
            job.startNotSaved(build, e);
        } catch (RuntimeException | Error e) {
            job.broken(e);
        }
    }

    /** Notes that a person has removed its item from the queue. */
    public void cancelled(FinishedBuild build) {
        handover.soon(build, () -> {
            try {
                if (builds.cancelled(build)) {
                    job.cancelled(build);
                }
            } catch (IOException e) {
                job.notSaved(e);
            }
        });
    }

    /** Decides if the Jenkins build in the queue may run. If it must never run, the log gets the reason. */
    public ItemVerdict item(FinishedBuild build) {
        Optional<Boolean> mayRun = builds.mayRun(build);
        if (mayRun.isEmpty() || disabled || (job.hasTrigger() && missing.mayBeLost())) {
            begin();
            return ItemVerdict.CHECKED;
        }
        if (!mayRun.get()) {
            handover.soon(build, () -> job.broughtBack(build));
            return ItemVerdict.OVER;
        }
        return job.hasTrigger() ? ItemVerdict.RUNS : ItemVerdict.WITHOUT_TRIGGER;
    }
}
