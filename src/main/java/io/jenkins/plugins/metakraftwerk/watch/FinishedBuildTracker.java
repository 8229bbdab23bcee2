package io.jenkins.plugins.metakraftwerk.watch;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Starts one Jenkins build for each MetaKraftwerk build that finishes. What is to start is stored before it is queued, and
 * counts as started from the moment when its Jenkins build does; what a crash has left between the two is looked for in
 * the queue and among the builds, and queued again where it is in neither. So a start is in no hurry to be stored: it is
 * with the next look, or before its Jenkins build is deleted.
 *
 * <p>Its methods may block, all but {@link #mayRun}.
 */
public final class FinishedBuildTracker {

    public static final int MOST_A_LOOK = StartQueue.MOST_A_LOOK;

    /** Where the memory is. */
    public interface Storage {
        /** Empty if there is none yet. */
        Optional<String> read() throws IOException;

        /** Puts a text in the place of the one before, at once: after a crash there is one of the two. */
        void write(String text) throws IOException;

        /** Puts aside what cannot be understood. */
        void keepAside() throws IOException;
    }

    /** The Jenkins builds of the job. */
    public interface Starter {
        /** The number that the next one gets. */
        long nextNumber();

        /** Whether it is in the queue, or has left it since this process began. */
        boolean isQueued(FinishedBuild build);

        /** Whether there is a Jenkins build for it. */
        boolean hasStarted(FinishedBuild build);

        /** Puts one into the queue; false where that is refused. */
        boolean queue(FinishedBuild build);
    }

    /**
     * What came of a look.
     *
     * @param first whether what is there was only noted
     * @param wasOff whether that is because the job was disabled
     * @param fellFrom the highest id that was there before, where it is lower now; else 0
     * @param restored whether the builds are others than before, so that what is there was only noted
     * @param queued those that a Jenkins build was queued for, and {@code refused} those that none could be queued for
     * @param waiting those that the next looks queue, the first one first
     * @param givenUp those that start nothing, since too many wait already
     */
    public record Outcome(
            boolean first,
            boolean wasOff,
            long fellFrom,
            boolean restored,
            List<FinishedBuild> queued,
            List<FinishedBuild> refused,
            List<FinishedBuild> waiting,
            List<FinishedBuild> givenUp) {}

    private final Storage storage;
    private final Starter starter;
    private final StartQueue queue;

    /** Those whose start is not stored yet. */
    private final Set<FinishedBuild> started = new HashSet<>();

    /** Null until it is known what became of all that had been promised. */
    private volatile BuildMemory memory;

    /** Whether the memory holds what could not be stored yet. */
    private boolean unstored;

    /** What was being stored when that failed, so that it may be on the disk or not; else null. */
    private BuildMemory tried;

    /** Whether the job was switched off, which the memory does not know yet, since it could not be read. */
    private boolean off;

    public FinishedBuildTracker(Storage storage, Starter starter) {
        this.storage = storage;
        this.starter = starter;
        queue = new StartQueue(starter::isQueued, starter::queue);
    }

    /**
     * Finds out what became of what the process before had promised, and queues what is neither queued nor started. Does
     * nothing the second time.
     *
     * @throws IOException if the memory can neither be read nor put aside
     */
    public synchronized void begin() throws IOException {
        boolean anew = memory == null;
        if (anew) {
            read();
        } else if (tried != null) {
            seeWhatIsStored();
        }
        takeOff();
        if (anew) {
            queue.queue(memory.toStart());
        }
    }

    private void read() throws IOException {
        tried = null;
        Optional<String> text = storage.read();
        Optional<BuildMemory> whole = text.flatMap(BuildMemory::read);
        if (text.isPresent() && whole.isEmpty()) {
            storage.keepAside();
        }
        BuildMemory read = whole.orElse(BuildMemory.NONE);
        List<FinishedBuild> started =
                read.toStart().stream().filter(starter::hasStarted).toList();
        if (started.isEmpty()) {
            memory = read;
        } else {
            store(read.ended(started));
        }
    }

    private void seeWhatIsStored() throws IOException {
        if (storage.read().filter(tried.text()::equals).isPresent()) {
            List<FinishedBuild> since = List.copyOf(started);
            isStored(tried);
            since.forEach(this::note);
        }
        tried = null;
    }

    /** Queues what was refused before, as while the job had no trigger. */
    public synchronized void queueAgain() throws IOException {
        begin();
        queue.queue(memory.toStart());
    }

    /** Whether the next look is the first at these builds, or the first since the job was disabled. */
    public synchronized boolean isFirst(String server, String filter) throws IOException {
        begin();
        return !memory.isOf(server, filter) || memory.off();
    }

    /**
     * Takes what a look has seen, and queues what has finished.
     *
     * @param filter which builds were looked at; the memory is that of one server and filter
     * @throws IOException if it could not be stored, so that nothing was queued
     */
    public synchronized Outcome saw(String server, String filter, PolledBuilds look, Instant at) throws IOException {
        boolean first = isFirst(server, filter);
        BuildMemory before = memory;
        boolean known = before.isOf(server, filter);
        PollNotes notes = new PollNotes(before, server, known, look);
        notes.take(first, at, starter.nextNumber());
        store(notes.memory(filter));
        queue.looked();
        StartQueue.Queued now = queue.queue(memory.toStart());
        List<FinishedBuild> waiting = new ArrayList<>(queue.waiting(memory.toStart()));
        waiting.removeAll(now.refused());
        return new Outcome(
                first,
                first && known && before.off(),
                notes.hasFallen() ? before.highest() : 0,
                notes.wasRestored(),
                now.done(),
                now.refused(),
                waiting,
                notes.givenUp());
    }

    /** Its Jenkins build has started, and is stored itself. */
    public synchronized void started(FinishedBuild build) throws IOException {
        if (memory == null) {
            begin();
        }
        // Whatever is open about the disk: it must not be queued again.
        note(build);
    }

    private void note(FinishedBuild build) {
        memory = memory.ended(List.of(build));
        started.add(build);
        queue.remove(build);
    }

    /** Its Jenkins build is about to be deleted, after which only the memory can tell that it has started. */
    public synchronized void leaves(FinishedBuild build) throws IOException {
        begin();
        if (memory.toStart().stream().anyMatch(other -> other.is(build) && starter.hasStarted(other))) {
            note(build);
        }
        if (started.stream().anyMatch(build::is)) {
            store(memory);
        }
    }

    /**
     * Its Jenkins build was taken out of the queue.
     *
     * @return whether it had still been to start
     */
    public synchronized boolean cancelled(FinishedBuild build) throws IOException {
        begin();
        boolean waiting = memory.isToStart(build);
        if (waiting) {
            store(memory.ended(List.of(build)));
            queue.remove(build);
        }
        return waiting;
    }

    /**
     * The job is disabled, or has lost its trigger: nothing that has been promised starts any more, and what finishes
     * meanwhile starts nothing. That holds in this process from now on, also where it could not be stored.
     *
     * @return whether it was not known before
     */
    public synchronized boolean switchOff() throws IOException {
        off = true;
        begin();
        takeOff();
        boolean news = unstored;
        store(memory);
        return news;
    }

    private void takeOff() {
        if (off && memory.server() != null && !memory.off()) {
            memory = memory.switchedOff();
            unstored = true;
            queue.clear();
        }
        off = false;
    }

    /** Whether a Jenkins build may run for it that the queue has; empty until {@link #begin} has ended. Does not block. */
    public Optional<Boolean> mayRun(FinishedBuild build) {
        BuildMemory now = memory;
        return now == null ? Optional.empty() : Optional.of(!now.isOver(build));
    }

    private void store(BuildMemory next) throws IOException {
        if (unstored || !started.isEmpty() || !next.equals(memory)) {
            tried = next;
            storage.write(next.text());
            tried = null;
            isStored(next);
        }
    }

    private void isStored(BuildMemory now) {
        memory = now;
        unstored = false;
        started.clear();
    }
}
