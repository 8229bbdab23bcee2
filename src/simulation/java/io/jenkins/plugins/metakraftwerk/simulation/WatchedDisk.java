package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.watch.FinishedBuild;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuildTracker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Disk of a job, which outlives its controller. Its queue is saved late. */
class WatchedDisk implements FinishedBuildTracker.Storage, FinishedBuildTracker.Starter {

    /** Jenkins build. */
    record Run(long number, FinishedBuild build) {}

    /** Item that has left the queue, and the round in which it did. */
    private record Left(FinishedBuild build, int round) {}

    /** Jenkins remembers for five minutes which items have left its queue. */
    private static final int ROUNDS_LEFT = 10;

    /** Number of Jenkins builds that are not deleted. */
    private static final int KEPT = 2;

    final String name;
    final WatchingJenkins jenkins;
    boolean disabled;
    boolean trigger = true;

    /** True if its oldest Jenkins builds are deleted. */
    boolean discards;

    /** Number of items that were queued since the last poll, or since the process began. */
    private int queuedSince;

    private String memory;
    private List<FinishedBuild> savedQueue = List.of();
    private final List<Run> runs = new ArrayList<>();
    private long nextNumber = 1;

    List<FinishedBuild> queue = new ArrayList<>();
    private List<Left> left = new ArrayList<>();
    private int rounds;

    WatchedDisk(String name, WatchingJenkins jenkins) {
        this.name = name;
        this.jenkins = jenkins;
    }

    /** Loads the saved queue, which is moved away while it is read. */
    final void readQueue() {
        queuedSince = 0;
        queue = new ArrayList<>(savedQueue);
        savedQueue = List.of();
        left = new ArrayList<>();
    }

    final void saveQueue() {
        savedQueue = List.copyOf(queue);
    }

    final void nextRound() {
        rounds++;
        left.removeIf(one -> one.round() + ROUNDS_LEFT < rounds);
    }

    /** Starts the Jenkins build of a queue item. */
    final Run begin(FinishedBuild item) {
        queue.remove(item);
        left.add(new Left(item, rounds));
        Run run = new Run(nextNumber++, item);
        jenkins.moment();
        runs.add(run);
        return run;
    }

    /** Returns the oldest Jenkins build that may be deleted. Null if there is none. */
    final Run eldest() {
        return runs.size() > KEPT ? runs.get(0) : null;
    }

    final void delete(Run run) {
        runs.remove(run);
        jenkins.moment();
    }

    final void looks() {
        queuedSince = 0;
    }

    /** Called for each queued build, to check the number and that nothing is queued twice. */
    void queued(FinishedBuild build, int sinceLook) {}

    /** Returns true if the disk says that it is off, or that it has never polled. */
    final boolean isOffOnDisk() {
        return memory == null || memory.contains("\"off\":true");
    }

    /** Called when the state was stored. */
    void stored() {}

    /** Throws an Error now and then. */
    void perhapsFault() {}

    @Override
    public final Optional<String> read() throws IOException {
        jenkins.moment();
        if (jenkins.trouble.diskFails()) {
            throw new IOException("the disk cannot be read");
        }
        return Optional.ofNullable(memory);
    }

    @Override
    public final void write(String text) throws IOException {
        jenkins.moment();
        if (text.equals(memory)) {
            // Stored, whatever goes wrong now.
            stored();
        }
        perhapsFault();
        if (jenkins.trouble.diskFails()) {
            throw new IOException("the disk is full");
        }
        memory = text;
        stored();
        jenkins.moment();
        perhapsFault();
        if (jenkins.trouble.diskFails()) {
            throw new IOException("the disk is full, after it was written");
        }
    }

    @Override
    public final void keepAside() {
        throw new IllegalStateException("It wrote what it cannot read: " + memory);
    }

    @Override
    public final long nextNumber() {
        return nextNumber;
    }

    @Override
    public final boolean isQueued(FinishedBuild build) {
        perhapsFault();
        return queue.stream().anyMatch(build::is) || left.stream().map(Left::build).anyMatch(build::is);
    }

    @Override
    public final boolean hasStarted(FinishedBuild build) {
        return runs.stream()
                .anyMatch(run -> run.number() >= build.since() && run.build().is(build));
    }

    @Override
    public final boolean queue(FinishedBuild build) {
        jenkins.moment();
        if (!trigger || jenkins.chance.happens(0.05)) {
            return false;
        }
        queued(build, ++queuedSince);
        queue.add(build);
        jenkins.trace.line(() -> name + ": queued " + build.id() + " " + build.made());
        jenkins.moment();
        perhapsFault();
        return true;
    }
}
