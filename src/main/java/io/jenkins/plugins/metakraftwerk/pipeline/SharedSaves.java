package io.jenkins.plugins.metakraftwerk.pipeline;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.run.Folders;
import io.jenkins.plugins.metakraftwerk.run.SavesTogether;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Saves the state of a Pipeline for many of its steps at once, since to save the state of one step is to save the whole
 * program.
 */
final class SharedSaves {

    private static final Logger LOGGER = Logger.getLogger(SharedSaves.class.getName());

    private static final Map<Run<?, ?>, SharedSaves> BY_BUILD = Collections.synchronizedMap(new WeakHashMap<>());

    private final SavesTogether saves = new SavesTogether();

    private SharedSaves() {}

    static SharedSaves of(Run<?, ?> build) {
        return BY_BUILD.computeIfAbsent(build, first -> new SharedSaves());
    }

    /**
     * Saves the program that a step is part of. Completes when a save that began after this call has ended; never, where
     * Jenkins is about to stop, since what was saved last may then be older, and the controller that comes next decides
     * from that.
     *
     * @param isOver whether the program has ended: it can be saved no more, and need not be, since a step that sends nothing
     *     does not wait for the save that it has asked for
     */
    CompletableFuture<Void> saveProgram(StepContext step, BooleanSupplier isOver) {
        return unlessJenkinsStops(saves.ask(() -> future(step.saveState())), isOver);
    }

    /** Saves a build without its program; completes as {@link #saveProgram} does. */
    CompletableFuture<Void> saveBuild(Run<?, ?> build) {
        return unlessJenkinsStops(
                saves.ask(() -> CompletableFuture.runAsync(() -> write(build), Threads.work())), () -> false);
    }

    private static void write(Run<?, ?> build) {
        try {
            Folders.save(build);
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

    private static CompletableFuture<Void> unlessJenkinsStops(CompletableFuture<Void> save, BooleanSupplier isOver) {
        CompletableFuture<Void> saved = new CompletableFuture<>();
        save.whenComplete((nothing, failure) -> {
            try {
                if (failure != null) {
                    failed(saved, Futures.cause(failure), isOver.getAsBoolean() ? Level.FINE : Level.WARNING);
                } else if (isJenkinsUp()) {
                    saved.complete(null);
                }
            } catch (RuntimeException | Error e) {
                failed(saved, e, Level.WARNING);
            }
        });
        return saved;
    }

    /** Workflow plugins also report success for a save that they skip because Jenkins is gone. */
    private static boolean isJenkinsUp() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return jenkins != null && !jenkins.isTerminating();
    }

    private static void failed(CompletableFuture<Void> saved, Throwable failure, Level level) {
        try {
            LOGGER.log(level, failure, () -> "Could not save the state of a deployment");
        } finally {
            saved.completeExceptionally(failure);
        }
    }
}
