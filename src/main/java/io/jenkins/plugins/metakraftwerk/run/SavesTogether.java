package io.jenkins.plugins.metakraftwerk.run;

import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Lets all who ask for a save while one is under way, or during the rest that follows it, share the next: with a thousand
 * branches, each must not wait for a save of its own. Whatever goes wrong with one, those who wait for it hear so, and the
 * next begins.
 */
@Restricted(NoExternalUse.class)
public final class SavesTogether {

    /** How much longer than a save the rest after it is, so that whoever else needs the same thing gets on too. */
    private static final int REST = 4;

    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    /** One save for all who wait for it. */
    private static final class Save {
        private final Supplier<CompletableFuture<Void>> by;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private int waiters;

        private Save(Supplier<CompletableFuture<Void>> by) {
            this.by = by;
        }
    }

    /** A save, or the rest after one. */
    private boolean busy;

    /** Has not begun; null where nobody waits. */
    private Save next;

    /**
     * Asks for a save. It begins now or when the one before has ended.
     *
     * @param by begins the save; of those who share one, the first brings it
     * @return completes as a save that began after this call
     */
    public CompletableFuture<Void> ask(Supplier<CompletableFuture<Void>> by) {
        CompletableFuture<Void> saved;
        Save begins;
        synchronized (this) {
            if (next == null) {
                next = new Save(by);
            }
            next.waiters++;
            saved = next.done.copy();
            begins = take();
        }
        begin(begins);
        return saved;
    }

    /** What is to begin now; null where nothing waits, or another save is under way. */
    private synchronized Save take() {
        if (busy || next == null) {
            return null;
        }
        Save taken = next;
        next = null;
        busy = true;
        return taken;
    }

    private void begin(Save save) {
        if (save == null) {
            return;
        }
        Duration began = Threads.timing().uptime();
        CompletableFuture<Void> saved;
        try {
            saved = save.by.get();
        } catch (RuntimeException | Error e) {
            saved = CompletableFuture.failedFuture(e);
        }
        saved.whenComplete((nothing, failure) -> onWork(() -> ended(save, began, failure)));
    }

    /** Nothing of it blocks for long, so that whoever ends a save may do it where no thread takes it. */
    private static void onWork(Runnable task) {
        try {
            Threads.work().execute(task);
        } catch (RuntimeException | Error e) {
            task.run();
        }
    }

    private void ended(Save save, Duration began, Throwable failure) {
        try {
            // What is saved one after another needs no rest between.
            rest(save.waiters > 1 ? Threads.timing().uptime().minus(began).multipliedBy(REST) : Duration.ZERO);
        } finally {
            if (failure == null) {
                save.done.complete(null);
            } else {
                save.done.completeExceptionally(failure);
            }
        }
    }

    private void rest(Duration rest) {
        if (rest.isZero()) {
            rested();
            return;
        }
        CompletableFuture<Void> over;
        try {
            over = Threads.timing().after(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST);
        } catch (RuntimeException | Error e) {
            // Better without a rest than for ever.
            over = CompletableFuture.completedFuture(null);
        }
        over.thenRun(() -> onWork(this::rested));
    }

    private void rested() {
        synchronized (this) {
            busy = false;
        }
        begin(take());
    }
}
