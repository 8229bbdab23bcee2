package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.FinishedBuild;
import io.jenkins.plugins.metakraftwerk.deploy.FinishedBuilds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Jenkins with one job that watches: what is on its disk outlives it, its queue is saved late, and it is killed between
 * any two things that it does.
 */
final class WatchingJenkins implements FinishedBuilds.Storage, FinishedBuilds.Starter {

    /** The process is gone. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        private Killed() {
            super("killed", null, false, false);
        }
    }

    /** A Jenkins build. */
    record Run(long number, FinishedBuild build) {}

    /** Jenkins knows for five minutes what has left its queue. */
    private static final int ROUNDS_LEFT = 10;

    private final Chance chance;
    private final Trace trace;
    private final double storeFails;

    // What is on the disk.
    private String memory;
    private List<FinishedBuild> savedQueue = List.of();
    private final List<Run> savedRuns = new ArrayList<>();
    private long nextNumber = 1;
    private boolean disabled;

    // What is not.
    private List<FinishedBuild> queue = new ArrayList<>();
    private List<Left> left = new ArrayList<>();
    private int rounds;
    private List<Run> runs = new ArrayList<>();
    private FinishedBuilds finished;
    private int killedIn;

    /** How often the memory was written. */
    private int writes;

    WatchingJenkins(Chance chance, Trace trace, double storeFails) {
        this.chance = chance;
        this.trace = trace;
        this.storeFails = storeFails;
    }

    /** @param moments after how many things it is killed; 0 for never */
    void killIn(int moments) {
        killedIn = moments;
    }

    /** What has left the queue, and in which round of it. */
    private record Left(FinishedBuild build, int round) {}

    private void moment() {
        if (killedIn > 0 && --killedIn == 0) {
            throw new Killed();
        }
    }

    /** Begins with what is on the disk. The saved queue is moved away while it is read. */
    void start() {
        trace.line(() -> "Jenkins starts, queue " + savedQueue);
        killedIn = 0;
        queue = new ArrayList<>(savedQueue);
        savedQueue = List.of();
        left = new ArrayList<>();
        runs = new ArrayList<>(savedRuns);
        finished = new FinishedBuilds(this, this);
    }

    /** All jobs are there; begins in any order with what the queue does meanwhile. */
    void loaded() {
        attempt(() -> {
            finished.begin();
            if (disabled) {
                switchOff();
            }
        });
    }

    FinishedBuilds finished() {
        return finished;
    }

    int writes() {
        return writes;
    }

    boolean isDisabled() {
        return disabled;
    }

    List<Run> runs() {
        return savedRuns;
    }

    void saveQueue() {
        savedQueue = List.copyOf(queue);
    }

    /** Lets the queue do what it does every few seconds. */
    void maintain() {
        rounds++;
        left.removeIf(one -> one.round() + ROUNDS_LEFT < rounds);
        for (FinishedBuild item : List.copyOf(queue)) {
            Optional<Boolean> mayRun = finished.mayRun(item);
            if (mayRun.isEmpty()) {
                attempt(finished::begin);
            } else if (!mayRun.get()) {
                trace.line(() -> "taken out: " + item.id());
                queue.remove(item);
            } else if (!disabled && chance.happens(0.6)) {
                run(item);
            }
        }
    }

    private void run(FinishedBuild item) {
        queue.remove(item);
        left.add(new Left(item, rounds));
        Run run = new Run(nextNumber++, item);
        moment();
        savedRuns.add(run);
        runs.add(run);
        trace.line(() -> "#" + run.number() + " starts for " + item.id() + " " + item.made());
        moment();
        attempt(() -> finished.started(item));
    }

    /** Somebody takes an item out of the queue. */
    void cancel(Consumer<FinishedBuild> witness) {
        if (!queue.isEmpty()) {
            FinishedBuild item = queue.remove(chance.below(queue.size()));
            trace.line(() -> "cancelled: " + item.id());
            witness.accept(item);
            moment();
            attempt(() -> finished.cancelled(item));
        }
    }

    /** What was queued is cancelled. */
    void disable() {
        disabled = true;
        trace.line(() -> "disabled");
        moment();
        attempt(this::switchOff);
    }

    void enable() {
        boolean off = false;
        while (!off) {
            // A disk that is full all the time that the job is disabled is beyond what is promised.
            off = attempt(this::switchOff);
        }
        disabled = false;
        trace.line(() -> "enabled");
    }

    void switchOff() throws IOException {
        if (finished.switchOff()) {
            queue.clear();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private boolean attempt(Work work) {
        try {
            work.run();
            return true;
        } catch (IOException e) {
            trace.line(e::getMessage);
            return false;
        }
    }

    @Override
    public Optional<String> read() {
        moment();
        return Optional.ofNullable(memory);
    }

    @Override
    public void write(String text) throws IOException {
        moment();
        if (chance.happens(storeFails)) {
            throw new IOException("the disk is full");
        }
        memory = text;
        writes++;
        moment();
    }

    @Override
    public void keepAside() {
        throw new IllegalStateException("It wrote what it cannot read: " + memory);
    }

    @Override
    public long nextNumber() {
        return nextNumber;
    }

    @Override
    public boolean isQueued(FinishedBuild build) {
        return queue.stream().anyMatch(build::is) || left.stream().map(Left::build).anyMatch(build::is);
    }

    @Override
    public boolean hasStarted(FinishedBuild build) {
        return runs.stream()
                .anyMatch(run -> run.number() >= build.since() && run.build().is(build));
    }

    @Override
    public boolean queue(FinishedBuild build) {
        moment();
        if (chance.happens(0.05)) {
            return false;
        }
        queue.add(build);
        trace.line(() -> "queued: " + build.id() + " " + build.made());
        moment();
        return true;
    }
}
