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
        POLL,
        SWITCH_OFF
    }

    private final WatchingJob<K> job;
    private final FinishedBuildTracker builds;
    private final Supplier<Timing> timing;
    private final TaskHandover handover;
    private final JobPolls<K> polls;
    private final RemovedTriggerDetector removedTrigger;
    private volatile boolean forgotten;

    /** True if the job was disabled and the consequences are still to come. */
    private volatile boolean disabled;

    /**
     * @param timing returns the current timing
     * @param executor may block
     */
    public BuildWatcher(
            WatchingJob<K> job,
            FinishedBuildTracker builds,
            SharedPolls<K> polls,
            Supplier<Timing> timing,
            Executor executor) {
        this.job = job;
        this.builds = builds;
        this.timing = timing;
        handover = new TaskHandover(executor, job::broken, job::notDone);
        removedTrigger = new RemovedTriggerDetector(timing);
        this.polls =
                new JobPolls<>(builds, polls, timing, handover, () -> !removedTrigger.mayBeLost(), this::pollEnded);
    }

    /** Handles a trigger, which may be new, or items in the queue that need the memory. */
    public void begin() {
        handover.soon(Due.BEGIN, this::beginNow);
    }

    /** Polls, since the schedule says so. */
    public void look() {
        if (!handover.soon(Due.POLL, this::pollNow)) {
            polls.miss();
        }
    }

    /** Handles a job that was saved, or that was there when Jenkins started. */
    public void saved() {
        if (!job.hasTrigger()) {
            removedTrigger
                    .gone()
                    .ifPresent(goneSince -> timing.get()
                            .later(
                                    RemovedTriggerDetector.GAP,
                                    () -> handover.soon(goneSince, () -> checkIfGone(goneSince))));
        } else if (removedTrigger.mayBeLost()) {
            begin();
        }
    }

    /** Handles a job that was deleted or replaced by another object. Tasks on their way must change nothing then. */
    public void forget() {
        forgotten = true;
        removedTrigger.back();
        polls.letGo();
    }

    private void checkIfGone(Duration goneSince) {
        if (!job.hasTrigger() && removedTrigger.isStillGone(goneSince)) {
            loseTrigger();
        }
    }

    /** Finds out what became of promised builds. If there was no poll yet, polls to note the builds that are there. */
    private void beginNow() {
        if (forgotten) {
            return;
        }
        try {
            Trigger<K> trigger = job.trigger();
            if (!(trigger instanceof None) && removedTrigger.back()) {
                loseTrigger();
            }
            switchOffIfDue();
            builds.begin();
            job.begun();
            switch (trigger) {
                case On<K>(WatchingJob.JobPoll<K> poll) -> {
                    builds.queueAgain();
                    if (isFirst(poll)) {
                        polls.look(poll);
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
    private boolean isFirst(WatchingJob.JobPoll<K> poll) throws IOException {
        try {
            WatchingJob.PollTarget<K> target = poll.aim();
            return builds.isFirst(target.server(), target.filter());
        } catch (WatchingJob.CannotPollException e) {
            return false;
        }
    }

    private void pollNow() {
        if (forgotten) {
            return;
        }
        switchOffIfDue();
        switch (job.trigger()) {
            case On<K>(WatchingJob.JobPoll<K> poll) -> polls.look(poll);
            case Off<K> off -> switchOff();
            case None<K> none -> {}
        }
    }

    private void pollEnded(boolean counted) {
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
        polls.letGo();
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

    private void loseTrigger() {
        switchOff(job::lostTrigger, job::lossNotSaved);
    }

    private interface SaveFailureLog {
        void say(IOException failure);
    }

    private void switchOff(Runnable report, SaveFailureLog failureLog) {
        polls.letGo();
        // First: otherwise the queue asks about builds that must not start, and the log would blame a crash.
        job.emptyQueue();
        try {
            if (builds.switchOff()) {
                report.run();
            }
        } catch (IOException e) {
            failureLog.say(e);
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
        if (mayRun.isEmpty() || disabled || (job.hasTrigger() && removedTrigger.mayBeLost())) {
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
