package io.jenkins.plugins.metakraftwerk.store;

import io.jenkins.plugins.metakraftwerk.client.Signal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Lines that wait to be written, in their order. Blocks for nobody. */
final class LineQueue {

    /** As many as one write takes, since each try after a failure writes them all. */
    static final int MOST_AT_ONCE = 1_000;

    /** As much as can wait, in characters, however few lines it is. */
    static final long MOST_LENGTH = LineLimits.MOST_OF_FILE / 4;

    private record Note(String line, Signal written) {}

    /**
     * What one write takes.
     *
     * @param overflown whether more was noted than could wait, so that these are not all
     */
    record Batch(List<String> lines, boolean overflown) {
        boolean isEmpty() {
            return lines.isEmpty() && !overflown;
        }
    }

    private final int most;
    private final Deque<Note> waiting = new ArrayDeque<>();
    private boolean overflown;

    /** Of all that wait, in characters. */
    private long length;

    /** @param most how many can wait */
    LineQueue(int most) {
        this.most = most;
    }

    /**
     * @param full hears once that no more can wait
     * @return comes when the line is written; never, where it cannot wait
     * @throws IllegalArgumentException if it is no line that would be read again
     */
    Signal add(String line, Runnable full) {
        Note note = new Note(LineLimits.checked(line), new Signal());
        boolean news = false;
        synchronized (this) {
            if (waiting.size() < most && length + line.length() <= MOST_LENGTH) {
                waiting.add(note);
                length += line.length();
            } else {
                news = !overflown;
                overflown = true;
            }
        }
        if (news) {
            full.run();
        }
        return note.written();
    }

    synchronized List<String> lines() {
        return waiting.stream().map(Note::line).toList();
    }

    /** The eldest; all of them where more came than could wait. One batch after another. */
    synchronized Batch take() {
        return overflown ? takeAll() : new Batch(lines(MOST_AT_ONCE), false);
    }

    synchronized Batch takeAll() {
        boolean all = overflown;
        // Set again by what comes from now on.
        overflown = false;
        return new Batch(lines(most), all);
    }

    private List<String> lines(int limit) {
        return waiting.stream().limit(limit).map(Note::line).toList();
    }

    synchronized void failed(Batch batch) {
        overflown |= batch.overflown();
    }

    /** Whether more waits. */
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
