package io.jenkins.plugins.metakraftwerk.pipeline;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.config.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Saves the state of a Pipeline for many of its steps at once. To save the state of one step is to save the whole
 * program, so with a thousand branches each must not wait for a save of its own: those who come during a save, or during
 * the rest that follows it, share the next one.
 */
final class SharedSaves {

    private static final Logger LOGGER = Logger.getLogger(SharedSaves.class.getName());

    private static final Map<Run<?, ?>, SharedSaves> BY_BUILD = Collections.synchronizedMap(new WeakHashMap<>());

    /** How much longer than a save the rest after it is, so that the Pipeline's thread gets on with other work. */
    private static final int REST = 4;

    private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(1);

    /** A save, or the rest after one. */
    private boolean busy;

    /** What waits for the next save, and what makes it; both null where nobody waits. */
    private CompletableFuture<Void> next;

    private Supplier<CompletableFuture<Void>> nextBy;
    private int waiters;

    private SharedSaves() {}

    static SharedSaves of(Run<?, ?> build) {
        return BY_BUILD.computeIfAbsent(build, first -> new SharedSaves());
    }

    /**
     * Saves the program that a step is part of. Completes when a save that began after this call has ended; never, where
     * Jenkins is about to stop, since what was saved last may then be older, and the controller that comes next decides
     * from that.
     */
    CompletableFuture<Void> saveProgram(StepContext step) {
        return save(() -> future(step.saveState()));
    }

    /** Saves a build without its program; completes as {@link #saveProgram} does. */
    CompletableFuture<Void> saveBuild(Run<?, ?> build) {
        return save(() -> CompletableFuture.runAsync(() -> write(build), Surroundings.workers()));
    }

    private static void write(Run<?, ?> build) {
        try {
            build.save();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CompletableFuture<Void> future(ListenableFuture<Void> save) {
        CompletableFuture<Void> saved = new CompletableFuture<>();
        save.addListener(
                () -> {
                    try {
                        saved.complete(save.get());
                    } catch (ExecutionException e) {
                        saved.completeExceptionally(e.getCause());
                    } catch (InterruptedException | RuntimeException e) {
                        saved.completeExceptionally(e);
                    }
                },
                Runnable::run);
        return saved;
    }

    private synchronized CompletableFuture<Void> save(Supplier<CompletableFuture<Void>> by) {
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
        long began = System.nanoTime();
        // Steps that come one after another need no rest between their saves.
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
                    rest(many ? REST * (System.nanoTime() - began) : 0);
                    ended(failure, waiting);
                },
                Surroundings.workers());
    }

    private void rest(long nanos) {
        if (nanos == 0) {
            rested();
        } else {
            Timer.get().schedule(this::rested, Math.min(nanos, LONGEST_REST), TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void rested() {
        busy = false;
        if (next != null) {
            begin();
        }
    }

    private static void ended(Throwable failure, CompletableFuture<Void> waiting) {
        if (failure != null) {
            LOGGER.log(Level.WARNING, Futures.cause(failure), () -> "Could not save the state of a deployment");
            waiting.completeExceptionally(Futures.cause(failure));
            return;
        }
        // Workflow plugins also report success for a save that they skip because Jenkins is gone.
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        if (jenkins != null && !jenkins.isTerminating()) {
            waiting.complete(null);
        }
    }
}
