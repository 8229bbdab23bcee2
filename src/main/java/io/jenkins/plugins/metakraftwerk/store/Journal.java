package io.jenkins.plugins.metakraftwerk.store;

import io.jenkins.plugins.metakraftwerk.client.SerialExecutor;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Lines that are kept across restarts, each appended by itself, so that a note costs the same however many there are. They
 * are written on an executor, all that wait at once; nobody waits under a lock for a disk.
 *
 * <p>What cannot be written waits, in its order, and is tried again. What cannot be read is not taken for empty: nothing is
 * written to it before it can, and {@link #trouble} says so.
 */
public final class Journal {

    private static final Logger LOGGER = Logger.getLogger(Journal.class.getName());

    /** More only waits where the disk is full, or gone, for long. */
    static final int MOST_WAITING = 20_000;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final JournalFile file;
    private final Executor writer;
    private final Timing timing;
    private final int most;
    private final LineQueue queue = new LineQueue(MOST_WAITING);

    /** Set once, before all else. */
    private JournalContent content;

    private JournalReader reader;

    /** From which number of lines on the file is cut. Only for the thread of the writer. */
    private long cutAt;

    /** Whether the writer is about to look what waits. Guarded by this, as are the next two. */
    private boolean called;

    /** Whether the writer is called again after a pause, and how long the next one is. */
    private boolean paused;

    private Duration pause = FIRST_PAUSE;

    /** Whether the newest line is written. Guarded by this. */
    private Signal kept = Signal.given();

    /**
     * @param writer may block
     * @param most how many lines are worth keeping; the journal is cut when it has twice as many
     */
    public Journal(JournalFile file, Executor writer, Timing timing, int most) {
        this.file = file;
        this.writer = new SerialExecutor(writer);
        this.timing = timing;
        this.most = most;
        cutAt = 2L * most;
    }

    /** Reads what was noted before this process began. Called once, before all else; may block. */
    public void open(JournalContent meaning) {
        content = meaning;
        reader = new JournalReader(file, meaning, timing);
        reader.begin();
    }

    /** Why not all is known that was noted before; null where it is. Does not block. */
    public FileTrouble trouble() {
        return reader.trouble();
    }

    /**
     * Appends a line.
     *
     * @return comes when the line would survive a loss of power, so perhaps never
     */
    public Signal append(String line) {
        Signal written = appendLater(line);
        call();
        return written;
    }

    /** The same with the next line, or when somebody waits for it, or when Jenkins stops. */
    public synchronized Signal appendLater(String line) {
        kept = queue.add(line, this::full);
        return kept;
    }

    /** Has that written which was to be appended later. Does not wait for it. */
    public void writeWaiting() {
        call();
    }

    private void full() {
        LOGGER.severe(() -> "More is to be noted in " + file
                + " than can wait for it. Until it can be written, only this process knows");
    }

    /**
     * Also tries again where no timer took the pause after which that was to be done.
     *
     * @return comes when all lines so far would survive a loss of power, so perhaps never
     */
    public Signal kept() {
        Signal asked;
        synchronized (this) {
            asked = kept;
            if (asked.isGiven() || paused) {
                return asked;
            }
        }
        call();
        return asked;
    }

    private void call() {
        synchronized (this) {
            if (called) {
                return;
            }
            called = true;
        }
        try {
            writer.execute(() -> {
                if (write()) {
                    call();
                }
            });
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** Whether it went well, and more is to be written. */
    private boolean write() {
        synchronized (this) {
            called = false;
        }
        LineQueue.Batch batch = queue.take();
        if (batch.isEmpty()) {
            return false;
        }
        try {
            if (!reader.isRead()) {
                reader.read(queue::lines);
            }
            if (batch.overflown()) {
                // What memory has is all of it, whatever could not wait.
                replace(reader.damaged());
            } else {
                file.append(batch.lines());
            }
        } catch (IOException | RuntimeException | Error e) {
            queue.failed(batch);
            failed(e);
            return false;
        }
        succeeded();
        boolean more = queue.written(batch);
        cut();
        return more;
    }

    /** Puts what is worth keeping in the place of all, after what is kept besides. */
    private void replace(List<String> besides) throws IOException {
        List<String> lines = new ArrayList<>(besides);
        lines.addAll(LineLimits.newest(content.worthKeeping()));
        file.replace(lines);
        cutAt = Math.max(2L * most, lines.size() + (long) most);
    }

    private void cut() {
        if (file.lines() <= cutAt && !file.isLarge()) {
            return;
        }
        try {
            replace(reader.damaged());
        } catch (IOException | RuntimeException | Error e) {
            cutAt = file.lines() + Math.max(1, most / 10);
            LOGGER.log(Level.WARNING, e, () -> "Could not shorten " + file);
        }
    }

    private synchronized void succeeded() {
        if (!pause.equals(FIRST_PAUSE)) {
            LOGGER.info(() -> file + " can be written again");
        }
        pause = FIRST_PAUSE;
    }

    private void failed(Throwable failure) {
        Duration now;
        synchronized (this) {
            called = false;
            if (paused) {
                return;
            }
            paused = true;
            now = pause;
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        }
        // Once, not for each try.
        Level level = now.equals(FIRST_PAUSE) ? Level.WARNING : Level.FINE;
        LOGGER.log(level, failure, () -> "Could not note in " + file + "; it is tried again");
        try {
            timing.later(now, this::goOn);
        } catch (RuntimeException e) {
            // Full, or gone with Jenkins: the next line, and who waits for the last, tries again.
            synchronized (this) {
                paused = false;
            }
            LOGGER.log(Level.FINE, e, () -> "No timer takes a pause for " + file);
        }
    }

    private void goOn() {
        synchronized (this) {
            paused = false;
        }
        call();
    }

    /** Completes when all that waits was written, or could not be. */
    public Future<Void> flush() {
        return onWriter(() -> {
            boolean more = true;
            while (more) {
                more = write();
            }
            return null;
        });
    }

    /** Reads what could not be read or understood, unless that was done a short while ago. Comes when that was tried. */
    public Signal look() {
        Signal looked = new Signal();
        if (trouble() == null) {
            looked.give();
            return looked;
        }
        Future<Void> tried = onWriter(() -> {
            try {
                reader.lookAgain(queue::lines);
            } finally {
                looked.give();
            }
            return null;
        });
        if (tried.isDone()) {
            // Also where nobody takes it.
            looked.give();
        }
        return looked;
    }

    /**
     * Goes on without what cannot be read or understood, which is put aside.
     *
     * @return completes when that is done; fails with an {@link IOException} where it cannot be
     */
    public Future<Void> putAside() {
        return onWriter(() -> {
            goOnWithout();
            return null;
        });
    }

    private void goOnWithout() throws IOException {
        try {
            reader.read(queue::lines);
        } catch (IOException e) {
            if (reader.isRead()) {
                throw e;
            }
            file.moveAside();
            reader.read(queue::lines);
        }
        if (trouble() != null) {
            file.keepAside(reader.damaged());
            content.putAside();
            replace(List.of());
            reader.repaired();
        }
    }

    private Future<Void> onWriter(Callable<Void> task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            writer.execute(() -> {
                try {
                    done.complete(task.call());
                } catch (Exception | Error e) {
                    done.completeExceptionally(e);
                }
            });
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
        return done;
    }
}
