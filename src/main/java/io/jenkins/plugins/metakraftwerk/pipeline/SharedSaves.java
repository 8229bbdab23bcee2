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
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Saves the state of a Pipeline for many of its steps at once. To save the state of one step is to save the whole
 * program, so with a thousand branches each must not wait for a save of its own: those who come during a save share the
 * next one.
 */
final class SharedSaves {

    private static final Logger LOGGER = Logger.getLogger(SharedSaves.class.getName());

    private static final Map<Run<?, ?>, SharedSaves> BY_BUILD = Collections.synchronizedMap(new WeakHashMap<>());

    private boolean saving;

    /** What waits for the next save, and what makes it; both null where nobody waits. */
    private CompletableFuture<Void> next;

    private Supplier<CompletableFuture<Void>> nextBy;

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
        CompletableFuture<Void> saved = next.copy();
        if (!saving) {
            begin();
        }
        return saved;
    }

    private void begin() {
        CompletableFuture<Void> waiting = next;
        CompletableFuture<Void> save;
        try {
            save = nextBy.get();
        } catch (RuntimeException e) {
            save = CompletableFuture.failedFuture(e);
        }
        next = null;
        nextBy = null;
        saving = true;
        save.whenCompleteAsync((nothing, failure) -> ended(failure, waiting), Surroundings.workers());
    }

    private void ended(Throwable failure, CompletableFuture<Void> waiting) {
        synchronized (this) {
            saving = false;
            if (next != null) {
                begin();
            }
        }
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
