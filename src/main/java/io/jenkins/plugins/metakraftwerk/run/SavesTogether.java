package io.jenkins.plugins.metakraftwerk.run;

import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Lets all who ask for a save while one is under way, or during the rest that follows it, share the next: with a thousand
 * branches, each must not wait for a save of its own.
 */
@Restricted(NoExternalUse.class)
public final class SavesTogether {

    /** How much longer than a save the rest after it is, so that whoever else needs the same thing gets on too. */
    private static final int REST = 4;

    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    /** A save, or the rest after one. */
    private boolean busy;

    /** What waits for the next save, and what makes it; both null where nobody waits. */
    private CompletableFuture<Void> next;

    private Supplier<CompletableFuture<Void>> nextBy;
    private int waiters;

    /**
     * Asks for a save. It begins now or when the one before has ended.
     *
     * @param by begins the save; of those who share one, the first brings it
     * @return completes as a save that began after this call
     */
    public synchronized CompletableFuture<Void> ask(Supplier<CompletableFuture<Void>> by) {
        if (next == null) {
            next = new CompletableFuture<>();
            nextBy = by;
        }
        waiters++;
        CompletableFuture<Void> saved = next.copy();
        if (!busy) {
            begin();
        }
        return saved;
    }

    private void begin() {
        Duration began = Threads.timing().uptime();
        // What is saved one after another needs no rest between.
        boolean many = waiters > 1;
        CompletableFuture<Void> waiting = next;
        CompletableFuture<Void> save;
        try {
            save = nextBy.get();
        } catch (RuntimeException e) {
            save = CompletableFuture.failedFuture(e);
        }
        next = null;
        nextBy = null;
        waiters = 0;
        busy = true;
        save.whenCompleteAsync(
                (nothing, failure) -> {
                    rest(many ? Threads.timing().uptime().minus(began).multipliedBy(REST) : Duration.ZERO);
                    if (failure == null) {
                        waiting.complete(null);
                    } else {
                        waiting.completeExceptionally(failure);
                    }
                },
                Threads.work());
    }

    private void rest(Duration rest) {
        if (rest.isZero()) {
            rested();
        } else {
            Duration bounded = rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
            Threads.timing().after(bounded).thenRunAsync(this::rested, Threads.work());
        }
    }

    private synchronized void rested() {
        busy = false;
        if (next != null) {
            begin();
        }
    }
}
