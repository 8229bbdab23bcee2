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
 * What the trigger of a job does, and what happens to job and trigger meanwhile. It outlives the trigger, which is made
 * anew again and again. None of its methods blocks but {@link #started}.
 *
 * @param <K> by which looks are shared
 */
public final class BuildWatcher<K> {

    /** What becomes of an item in the queue. */
    public enum ItemVerdict {
        /** It may run. */
        RUNS,
        /** It waits until the memory was read, and what became of the job has been done. */
        CHECKED,
        /** It waits until it is clear whether the trigger was removed. */
        WITHOUT_TRIGGER,
        /** It is to be taken out: its build has started, or shall not. */
        OVER
    }

    /** What is handed over beside single builds and looks. */
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

    /** Whether the job was disabled, and nobody has done yet what follows from that. */
    private volatile boolean disabled;

    /**
     * @param timing the time as it goes now
     * @param work where it may block
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

    /** There is a trigger, perhaps a new one, or what is in the queue needs the memory. */
    public void begin() {
        handover.soon(Due.BEGIN, this::beginNow);
    }

    /** The job is due. */
    public void look() {
        if (!handover.soon(Due.LOOK, this::lookNow)) {
            looks.miss();
        }
    }

    /** The job was saved, or was there when Jenkins started. */
    public void saved() {
        if (!job.hasTrigger()) {
            missing.gone()
                    .ifPresent(then -> timing.get()
                            .later(RemovedTriggerDetector.GAP, () -> handover.soon(then, () -> seeIfGone(then))));
        } else if (missing.mayBeLost()) {
            begin();
        }
    }

    /** The job is no more, or another object has taken its place: what is on its way must touch nothing. */
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

    /** Sees what became of what was promised, and notes what is there where that was not done yet. */
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

    /** False also where that cannot be told, which is said when it is due. */
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
            // What is to be seen now may be other builds, which wait for their first look.
            begin();
        }
    }

    /** The job is disabled, though perhaps not for long. */
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
        // First, else the queue asks about what is no longer to start, and that is said of a crash.
        job.emptyQueue();
        try {
            if (builds.switchOff()) {
                news.run();
            }
        } catch (IOException e) {
            trouble.say(e);
        }
    }

    /** A Jenkins build for it has started. May block. */
    public void started(FinishedBuild build) {
        try {
            builds.started(build);
        } catch (IOException e) {
            job.startNotSaved(build, e);
        } catch (RuntimeException | Error e) {
            job.broken(e);
        }
    }

    /** The Jenkins build that has started for it is about to be deleted. May block. */
    public void leaves(FinishedBuild build) {
        try {
            builds.leaves(build);
        } catch (IOException e) {
            job.startNotSaved(build, e);
        } catch (RuntimeException | Error e) {
            job.broken(e);
        }
    }

    /** Somebody has taken an item for it out of the queue. */
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

    /** Whether a Jenkins build may run for it that the queue has. Said is why not, where that is final. */
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
