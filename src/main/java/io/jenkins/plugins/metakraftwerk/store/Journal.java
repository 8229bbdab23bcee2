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
 * Lines that are kept across restarts. A line is appended by itself, so that a note costs the same with any number of
 * lines. An executor writes all waiting lines at once, and nobody waits for a disk under a lock.
 *
 * <p>Lines that cannot be written wait in their order, and are tried again. A file that cannot be read does not count
 * as empty: nothing is written to it until it can be read, and {@link #trouble} tells the reason.
 */
public final class Journal {

    private static final Logger LOGGER = Logger.getLogger(Journal.class.getName());

    /** More lines wait only if the disk is full or gone for long. */
    static final int MOST_WAITING = 20_000;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final JournalFile file;
    private final Executor writer;
    private final Timing timing;
    private final int most;
    private final LineQueue queue = new LineQueue(MOST_WAITING);

    /** Set once by {@link #open}, like the reader. */
    private JournalContent content;

    private JournalReader reader;

    /** The number of lines at which the file is shortened. Only for the thread of the writer. */
    private long cutAt;

    /** True if the writer is about to take waiting lines. Guarded by this, like the next two fields. */
    private boolean writeCalled;

    /** True if a pause runs after which the writer is called again. The next field is the length of the next pause. */
    private boolean paused;

    private Duration pause = FIRST_PAUSE;

    /** Given when the newest line is written. Guarded by this. */
    private Signal newestWritten = Signal.given();

    /**
     * @param writer may block
     * @param most lines that are worth keeping; the journal is shortened when it has twice as many
     */
    public Journal(JournalFile file, Executor writer, Timing timing, int most) {
        this.file = file;
        this.writer = new SerialExecutor(writer);
        this.timing = timing;
        this.most = most;
        cutAt = 2L * most;
    }

    /** Reads the lines that were noted before this process began. Called once, before any other method. May block. */
    public void open(JournalContent meaning) {
        content = meaning;
        reader = new JournalReader(file, meaning, timing);
        reader.begin();
    }

    /** Returns the reason why earlier lines are not all known, or null if they are. Does not block. */
    public FileTrouble trouble() {
        return reader.trouble();
    }

    /**
     * Appends a line.
     *
     * @return given when the line would survive a loss of power; perhaps never
     */
    public Signal append(String line) {
        Signal written = appendLater(line);
        call();
        return written;
    }

    /**
     * Appends a line later: with the next line, when somebody waits for it, or when Jenkins stops.
     *
     * @return as for {@link #append}
     */
    public synchronized Signal appendLater(String line) {
        newestWritten = queue.add(line, this::full);
        return newestWritten;
    }

    /** Starts to write the lines of {@link #appendLater}. Does not wait for it. */
    public void writeWaiting() {
        call();
    }

    private void full() {
        LOGGER.severe(() -> "More is to be noted in " + file
                + " than can wait for it. Until it can be written, only this process knows");
    }

    /**
     * Tells when all lines are written. Also tries again if no timer has taken the last pause.
     *
     * @return given when all lines so far would survive a loss of power; perhaps never
     */
    public Signal kept() {
        Signal asked;
        synchronized (this) {
            asked = newestWritten;
            if (asked.isGiven() || paused) {
                return asked;
            }
        }
        call();
        return asked;
    }

    private void call() {
        synchronized (this) {
            if (writeCalled) {
                return;
            }
            writeCalled = true;
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

    /** Writes one batch. Returns true if that succeeded and more lines wait. */
    private boolean write() {
        synchronized (this) {
            writeCalled = false;
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
                // Memory knows all of it, also the lines for which the queue had no room.
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

    /**
     * Replaces the file by the lines that are worth keeping.
     *
     * @param besides lines that are kept in front of them
     */
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
            writeCalled = false;
            if (paused) {
                return;
            }
            paused = true;
            now = pause;
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        }
        // A warning for the first failure only.
        Level level = now.equals(FIRST_PAUSE) ? Level.WARNING : Level.FINE;
        LOGGER.log(level, failure, () -> "Could not note in " + file + "; it is tried again");
        try {
            timing.later(now, this::goOn);
        } catch (RuntimeException e) {
            // The timer is full, or gone with Jenkins. The next line tries again, and so does a caller who waits for
            // the last one.
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

    /** Completes when all waiting lines were written, or could not be written. */
    public Future<Void> flush() {
        return onWriter(() -> {
            boolean more = true;
            while (more) {
                more = write();
            }
            return null;
        });
    }

    /**
     * Reads again if there is trouble, unless that was done a short while ago.
     *
     * @return given when that was tried
     */
    public Signal look() {
        Signal ended = new Signal();
        if (trouble() == null) {
            ended.give();
            return ended;
        }
        Future<Void> tried = onWriter(() -> {
            try {
                reader.lookAgain(queue::lines);
            } finally {
                ended.give();
            }
            return null;
        });
        if (tried.isDone()) {
            // Also if the writer refused the task.
            ended.give();
        }
        return ended;
    }

    /**
     * Puts aside the content that cannot be read or understood, and continues without it.
     *
     * @return completes when that is done; fails with an {@link IOException} if it cannot be done
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
