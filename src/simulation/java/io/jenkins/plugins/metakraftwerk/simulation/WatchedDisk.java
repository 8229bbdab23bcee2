package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.watch.FinishedBuild;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuildTracker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of a job is on the disk, which outlives its controller, and its queue, which is saved late. */
class WatchedDisk implements FinishedBuildTracker.Storage, FinishedBuildTracker.Starter {

    /** A Jenkins build. */
    record Run(long number, FinishedBuild build) {}

    /** What has left the queue, and in which round of it. */
    private record Left(FinishedBuild build, int round) {}

    /** Jenkins knows for five minutes what has left its queue. */
    private static final int ROUNDS_LEFT = 10;

    /** Jenkins builds that are not deleted. */
    private static final int KEPT = 2;

    final String name;
    final WatchingJenkins jenkins;
    boolean disabled;
    boolean trigger = true;

    /** Whether its eldest Jenkins builds are deleted. */
    boolean discards;

    /** How many have been queued since the last look, or since the process began. */
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

    /** The saved queue is moved away while it is read. */
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

    /** It leaves the queue as a Jenkins build. */
    final Run begin(FinishedBuild item) {
        queue.remove(item);
        left.add(new Left(item, rounds));
        Run run = new Run(nextNumber++, item);
        jenkins.moment();
        runs.add(run);
        return run;
    }

    /** The eldest Jenkins build that may be deleted; null where there is none. */
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

    /** A hook for those who know how many may be, and that nothing is to be queued twice. */
    void queued(FinishedBuild build, int sinceLook) {}

    /** Whether the disk says that it is off, or that it has never looked. */
    final boolean isOffOnDisk() {
        return memory == null || memory.contains("\"off\":true");
    }

    /** A hook for those who have to know that it was stored. */
    void stored() {}

    /** Whoever does this meets an Error now and then. */
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
            // Whatever goes wrong now.
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
