package io.jenkins.plugins.metakraftwerk.store;

import io.jenkins.plugins.metakraftwerk.client.Signal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Lines that wait to be written, in their order. No method blocks. */
final class LineQueue {

    /** Limit of the lines of one write, since each attempt after a failure writes them all. */
    static final int MOST_AT_ONCE = 1_000;

    /** Limit of all waiting lines together, in characters. */
    static final long MOST_LENGTH = LineLimits.MOST_OF_FILE / 4;

    private record Note(String line, Signal written) {}

    /**
     * The lines of one write.
     *
     * @param overflown true if more lines were noted than could wait, so that these are not all
     */
    record Batch(List<String> lines, boolean overflown) {
        boolean isEmpty() {
            return lines.isEmpty() && !overflown;
        }
    }

    private final int most;
    private final Deque<Note> waiting = new ArrayDeque<>();
    private boolean overflown;

    /** Length of all waiting lines, in characters. */
    private long length;

    /** @param most limit of waiting lines */
    LineQueue(int most) {
        this.most = most;
    }

    /**
     * Adds a line.
     *
     * @param full called once when no more lines can wait
     * @return given when the line is written; never, if there is no room for it
     * @throws IllegalArgumentException if no reader would accept the line
     */
    Signal add(String line, Runnable full) {
        Note note = new Note(LineLimits.checked(line), new Signal());
        boolean isFirst = false;
        synchronized (this) {
            if (waiting.size() < most && length + line.length() <= MOST_LENGTH) {
                waiting.add(note);
                length += line.length();
            } else {
                isFirst = !overflown;
                overflown = true;
            }
        }
        if (isFirst) {
            full.run();
        }
        return note.written();
    }

    synchronized List<String> lines() {
        return waiting.stream().map(Note::line).toList();
    }

    /** Returns the oldest lines, or all lines if some had no room. Batches must not overlap in time. */
    synchronized Batch take() {
        return overflown ? takeAll() : new Batch(lines(MOST_AT_ONCE), false);
    }

    synchronized Batch takeAll() {
        boolean all = overflown;
        // Set again by the next line without room.
        overflown = false;
        return new Batch(lines(most), all);
    }

    private List<String> lines(int limit) {
        return waiting.stream().limit(limit).map(Note::line).toList();
    }

    synchronized void failed(Batch batch) {
        overflown |= batch.overflown();
    }

    /** Removes written lines. Returns true if more lines wait. */
    boolean written(Batch batch) {
        boolean more;
        Deque<Note> done = new ArrayDeque<>();
        synchronized (this) {
            for (int i = 0; i < batch.lines().size(); i++) {
                Note note = waiting.remove();
                length -= note.line().length();
                done.add(note);
            }
            more = !waiting.isEmpty() || overflown;
        }
        done.forEach(note -> note.written().give());
        return more;
    }
}
