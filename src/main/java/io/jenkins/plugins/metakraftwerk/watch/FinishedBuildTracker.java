package io.jenkins.plugins.metakraftwerk.watch;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Starts one Jenkins build for each MetaKraftwerk build that finishes.
 * <ul>
 *   <li>A promise is stored before the Jenkins build is queued. It is kept when that build starts.
 *   <li>After a crash between the two, the Jenkins build is searched in the queue and among the builds of the job. If
 *       it is in neither, it is queued again.
 *   <li>So a start need not be stored at once. It is stored with the next poll, or before the Jenkins build is deleted.
 * </ul>
 *
 * <p>All methods may block, except {@link #mayRun}.
 */
public final class FinishedBuildTracker {

    public static final int MOST_A_LOOK = StartQueue.MOST_A_LOOK;

    /** Stores the memory. */
    public interface Storage {
        /** Returns the stored text; empty if there is none yet. */
        Optional<String> read() throws IOException;

        /** Replaces the stored text in one step. After a crash, the old or the new one is there. */
        void write(String text) throws IOException;

        /** Puts aside a text that cannot be understood. */
        void keepAside() throws IOException;
    }

    /** Starts and finds Jenkins builds of the job. */
    public interface Starter {
        /** Returns the number that the next build gets. */
        long nextNumber();

        /** True if it is in the queue, or has left it since this process began. */
        boolean isQueued(FinishedBuild build);

        /** True if there is a Jenkins build for it. */
        boolean hasStarted(FinishedBuild build);

        /** Puts a Jenkins build for it into the queue. Returns false if that is refused. */
        boolean queue(FinishedBuild build);
    }

    /**
     * The result of a poll.
     *
     * @param first true if builds were only noted, since this was the first poll
     * @param wasOff true if the reason is that the job was disabled
     * @param fellFrom the highest id of earlier polls, if it is lower now; else 0
     * @param restored true if ids now belong to other builds, so that builds were only noted
     * @param queued builds for which a Jenkins build was queued, and {@code refused} builds for which it was refused
     * @param waiting builds that the next polls queue, in this order
     * @param givenUp builds that start nothing, since too many wait already
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

    /** Builds whose start is not stored yet. */
    private final Set<FinishedBuild> started = new HashSet<>();

    /** Null until it is known what became of all promises. */
    private volatile BuildMemory memory;

    /** True if the memory has changes that could not be stored yet. */
    private boolean unstored;

    /** The memory of a failed write, which may be on the disk or not; else null. */
    private BuildMemory writing;

    /** True if the job was switched off and the memory does not know it yet, since it could not be read. */
    private boolean switchedOff;

    public FinishedBuildTracker(Storage storage, Starter starter) {
        this.storage = storage;
        this.starter = starter;
        queue = new StartQueue(starter::isQueued, starter::queue);
    }

    /**
     * Finds out what became of the promises of the process before, and queues builds that are neither queued nor
     * started. Later calls only find out if a failed write reached the disk, and apply a switch-off that had to wait.
     *
     * @throws IOException if the memory can neither be read nor put aside
     */
    public synchronized void begin() throws IOException {
        boolean anew = memory == null;
        if (anew) {
            read();
        } else if (writing != null) {
            seeWhatIsStored();
        }
        takeOff();
        if (anew) {
            queue.queue(memory.toStart());
        }
    }

    private void read() throws IOException {
        writing = null;
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
        if (storage.read().filter(writing.text()::equals).isPresent()) {
            List<FinishedBuild> since = List.copyOf(started);
            isStored(writing);
            since.forEach(this::note);
        }
        writing = null;
    }

    /** Queues builds that were refused before, for example while the job had no trigger. */
    public synchronized void queueAgain() throws IOException {
        begin();
        queue.queue(memory.toStart());
    }

    /** True if the next poll is the first for these builds, or the first since the job was disabled. */
    public synchronized boolean isFirst(String server, String filter) throws IOException {
        begin();
        return !memory.isOf(server, filter) || memory.off();
    }

    /**
     * Handles the builds that a poll has seen, and queues finished ones.
     *
     * @param filter selects the builds of the server; the memory belongs to one server and filter
     * @throws IOException if the memory could not be stored, so that nothing was queued
     */
    public synchronized Outcome saw(String server, String filter, PolledBuilds polled, Instant at) throws IOException {
        boolean first = isFirst(server, filter);
        BuildMemory before = memory;
        boolean known = before.isOf(server, filter);
        PollNotes notes = new PollNotes(before, server, known, polled);
        notes.take(first, at, starter.nextNumber());
        store(notes.memory(filter));
        queue.looked();
        StartQueue.Queued queuedNow = queue.queue(memory.toStart());
        List<FinishedBuild> waiting = new ArrayList<>(queue.waiting(memory.toStart()));
        waiting.removeAll(queuedNow.refused());
        return new Outcome(
                first,
                first && known && before.off(),
                notes.hasFallen() ? before.highest() : 0,
                notes.wasRestored(),
                queuedNow.done(),
                queuedNow.refused(),
                waiting,
                notes.givenUp());
    }

    /** Notes that its Jenkins build has started. Jenkins has stored that build itself. */
    public synchronized void started(FinishedBuild build) throws IOException {
        if (memory == null) {
            begin();
        }
        // Noted before any question about the disk is settled, since it must not be queued again.
        note(build);
    }

    private void note(FinishedBuild build) {
        memory = memory.ended(List.of(build));
        started.add(build);
        queue.remove(build);
    }

    /** Stores that its Jenkins build has started, before that is deleted. Only the memory can tell it afterwards. */
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
     * Notes that its Jenkins build was removed from the queue.
     *
     * @return true if it was still to start
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
     * Handles a job that is disabled or has lost its trigger. Promised builds do not start any more, and builds that
     * finish meanwhile start nothing. This process acts so at once, even if it could not be stored.
     *
     * @return true if that was not known before
     */
    public synchronized boolean switchOff() throws IOException {
        switchedOff = true;
        begin();
        takeOff();
        boolean news = unstored;
        store(memory);
        return news;
    }

    private void takeOff() {
        if (switchedOff && memory.server() != null && !memory.off()) {
            memory = memory.switchedOff();
            unstored = true;
            queue.clear();
        }
        switchedOff = false;
    }

    /** Returns true if the Jenkins build in the queue may run; empty until {@link #begin} has ended. Does not block. */
    public Optional<Boolean> mayRun(FinishedBuild build) {
        BuildMemory current = memory;
        return current == null ? Optional.empty() : Optional.of(!current.isOver(build));
    }

    private void store(BuildMemory next) throws IOException {
        if (unstored || !started.isEmpty() || !next.equals(memory)) {
            writing = next;
            storage.write(next.text());
            writing = null;
            isStored(next);
        }
    }

    private void isStored(BuildMemory stored) {
        memory = stored;
        unstored = false;
        started.clear();
    }
}
