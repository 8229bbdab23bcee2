package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.watch.BuildWatcher;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuild;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuildTracker;
import io.jenkins.plugins.metakraftwerk.watch.WatchingJob;
import java.io.IOException;
import java.util.List;

/** Job that polls, and what people do with it. */
final class WatchedSimJob extends WatchedDisk implements WatchingJob<WatchKey> {

    /** Limit from the documentation. */
    private static final long GAP = Scheduler.MINUTE;

    /** Limit from the documentation. */
    private static final int MOST_A_LOOK = 100;

    final long interval;
    final WatchVerdict verdict;
    String filter;
    private BuildWatcher<WatchKey> watcher;

    /** Task for the moment when its state is stored. */
    private Runnable storing;

    /** Time when its trigger was removed, or its controller began without finding one, and in which life. */
    private long without;

    private ControllerLife missingIn;

    /** True if it still waited for its first poll when its trigger was removed: that it is off proves nothing then. */
    private boolean wasOffBefore;

    private ControllerLife removedIn;
    private ControllerLife disabledIn;

    /** Error that has hit it and was not reported yet. */
    private Error hit;

    /** True if the last action failed and that was reported. */
    private boolean failed;

    /** Time of its last poll that saw something. */
    private long saw;

    WatchedSimJob(String name, WatchingJenkins jenkins, long interval, String filter) {
        super(name, jenkins);
        this.interval = interval;
        this.filter = filter;
        verdict = new WatchVerdict(name, jenkins.server::wasRestored);
    }

    // Acts of its controller.

    void start() {
        readQueue();
        hit = null;
        storing = null;
        watcher = new BuildWatcher<>(this, new FinishedBuildTracker(this, this), jenkins.looks, () -> jenkins.timing, jenkins.work);
    }

    /** Begins when all jobs are loaded, in any order with the queue. */
    void loaded() {
        if (trigger) {
            watcher.begin();
        } else {
            if (missingIn != jenkins.life()) {
                missingIn = jenkins.life();
                without = jenkins.now();
            }
            watcher.saved();
        }
    }

    void due() {
        if (trigger) {
            watcher.look();
        }
    }

    void killed() {
        if (!isOffOnDisk()) {
            verdict.forgetsThatItWasOff();
        }
    }

    /** Does what the queue does every few seconds. */
    void maintain() {
        nextRound();
        for (FinishedBuild item : List.copyOf(queue)) {
            BuildWatcher.ItemVerdict what = watcher.item(item);
            if (what == BuildWatcher.ItemVerdict.OVER) {
                jenkins.trace.line(() -> name + ": taken out " + item.id());
                queue.remove(item);
            } else if (what == BuildWatcher.ItemVerdict.RUNS && !disabled && jenkins.chance.happens(0.6)) {
                Run run = begin(item);
                jenkins.trace.line(() -> name + ": #" + run.number() + " starts for " + item.id() + " " + item.made());
                verdict.started(item, trigger);
                jenkins.moment();
                watcher.started(item);
            }
        }
        if (discards) {
            discard();
        }
    }

    /** Deletes the oldest build, unless that cannot be noted: a full disk has no room to move a folder either. */
    private void discard() {
        Run eldest = eldest();
        if (eldest != null) {
            failed = false;
            watcher.leaves(eldest.build());
            if (!failed) {
                jenkins.trace.line(() -> name + ": #" + eldest.number() + " is deleted");
                delete(eldest);
            }
        }
    }

    @Override
    void queued(FinishedBuild build, int sinceLook) {
        if (queue.stream().anyMatch(build::is)) {
            verdict.violation("(t) queued twice at the same time: " + build.id());
        }
        if (sinceLook > MOST_A_LOOK) {
            verdict.violation("(w) one look has started " + sinceLook);
        }
    }

    /** Checks that no build waits whose turn has come. */
    void waits(FinishedBuildTracker.Outcome outcome) {
        int tried = outcome.queued().size() + outcome.refused().size();
        if (!outcome.waiting().isEmpty() && tried < MOST_A_LOOK) {
            verdict.violation("(u) " + outcome.waiting().size() + " wait, though a look has started " + tried);
        }
    }

    // Acts of people.

    void cancel() {
        if (!queue.isEmpty()) {
            FinishedBuild item = queue.remove(jenkins.chance.below(queue.size()));
            jenkins.trace.line(() -> name + ": cancelled " + item.id());
            verdict.cancelled(item);
            jenkins.moment();
            watcher.cancelled(item);
        }
    }

    void disable() {
        jenkins.trace.line(() -> name + ": disabled");
        disabled = true;
        disabledIn = jenkins.life();
        jenkins.moment();
        watcher.disabled();
    }

    void enable() {
        boolean known = isOffOnDisk() || disabledIn == jenkins.life();
        jenkins.trace.line(() -> name + ": enabled" + (known ? "" : ", perhaps unseen"));
        isOn(known);
        disabled = false;
    }

    private void isOn(boolean wasOff) {
        if (wasOff) {
            verdict.wasOff(jenkins.server.over(filter, jenkins.now()));
        } else {
            verdict.wasPerhapsOff();
        }
    }

    void remove() {
        if (!trigger) {
            return;
        }
        jenkins.trace.line(() -> name + ": trigger removed");
        trigger = false;
        wasOffBefore = isOffOnDisk();
        without = jenkins.now();
        removedIn = jenkins.life();
        missingIn = jenkins.life();
        jenkins.moment();
        watcher.saved();
    }

    void putBack(String other) {
        if (trigger) {
            return;
        }
        boolean isOff = isOffOnDisk() && !wasOffBefore;
        boolean lost = isOff || (missingIn == jenkins.life() && jenkins.now() - without >= GAP);
        boolean kept = !lost && removedIn == jenkins.life();
        filter = other;
        jenkins.trace.line(() -> name + ": trigger is back for " + other + (lost ? ", lost" : kept ? "" : ", perhaps lost"));
        if (!kept) {
            isOn(lost);
        }
        save();
    }

    void change(String other) {
        if (!trigger) {
            return;
        }
        jenkins.trace.line(() -> name + ": filter " + other);
        filter = other;
        save();
    }

    private void save() {
        trigger = true;
        watcher.begin();
        jenkins.moment();
        watcher.saved();
    }

    // Methods of the watched job.

    @Override
    public boolean hasTrigger() {
        return trigger;
    }

    @Override
    public Trigger<WatchKey> trigger() {
        if (!trigger) {
            return new Trigger.None<>();
        }
        return disabled ? new Trigger.Off<>() : new Trigger.On<>(new WatchingPoll(this));
    }

    /** @param counted runs when the state was stored */
    void awaitStored(Runnable counted) {
        storing = () -> {
            storing = null;
            counted.run();
        };
    }

    @Override
    void stored() {
        if (storing != null) {
            storing.run();
        }
    }

    /** Ends the wait for storing. */
    void nothingToStore() {
        storing = null;
    }

    void hasSeen() {
        stored();
        saw = jenkins.now();
    }

    @Override
    void perhapsFault() {
        if (jenkins.trouble.fault()) {
            hit = jenkins.trouble.error();
            jenkins.trace.line(() -> name + ": " + hit);
            throw hit;
        }
    }

    /** Checks at the end that it still polls and that each Error was reported. */
    void pass(long since) {
        verdict.pass();
        if (saw < since) {
            verdict.violation("(y) nothing was seen since " + saw / Scheduler.SECOND + " s");
        }
        if (hit != null) {
            verdict.violation("(y) nothing was said of " + hit);
        }
    }

    void say(String words) {
        jenkins.trace.line(() -> name + ": " + words);
    }

    @Override
    public void emptyQueue() {
        jenkins.moment();
        queue.clear();
    }

    @Override
    public void begun() {
        perhapsFault();
    }

    @Override
    public void switchedOff() {
        say("is off");
    }

    @Override
    public void lostTrigger() {
        say("has lost its trigger");
    }

    @Override
    public void lossNotSaved(IOException failure) {
        say("has lost its trigger, but " + failure.getMessage());
    }

    @Override
    public void notRead(IOException failure) {
        say(failure.getMessage());
    }

    @Override
    public void notSaved(IOException failure) {
        say(failure.getMessage());
    }

    @Override
    public void startNotSaved(FinishedBuild build, IOException failure) {
        failed = true;
        say("start of " + build.id() + ": " + failure.getMessage());
    }

    @Override
    public void cancelled(FinishedBuild build) {
        say("will not start " + build.id());
    }

    @Override
    public void broughtBack(FinishedBuild build) {
        say("was brought back " + build.id());
    }

    @Override
    public void broken(Throwable failure) {
        if (failure instanceof WatchingJenkins.Killed killed) {
            throw killed;
        }
        if (failure instanceof RuntimeException fault) {
            // No such fault is simulated, so it is a fault of the program.
            verdict.violation("(i) " + fault);
        }
        failed = true;
        say("broken by " + failure);
        if (failure == hit) {
            hit = null;
        }
    }

    @Override
    public void notDone(Throwable failure) {
        say("no thread");
        // The next poll reports that a poll is missing.
        hit = null;
    }
}
