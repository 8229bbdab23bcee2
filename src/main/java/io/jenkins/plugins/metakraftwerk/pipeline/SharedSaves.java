package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.pipeline.AbortMessage.READY;
import static io.jenkins.plugins.metakraftwerk.pipeline.ReadingWork.WORK;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.run.BatchedSaves;
import io.jenkins.plugins.metakraftwerk.run.BatchedSaves.Save;
import io.jenkins.plugins.metakraftwerk.run.BuildFolders;
import java.io.IOException;
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
 * Saves the state of a Pipeline once for many of its steps, since saving the state of one step saves the whole program.
 */
final class SharedSaves {

    private static final Logger LOGGER = Logger.getLogger(SharedSaves.class.getName());

    private static final Map<Run<?, ?>, SharedSaves> BY_BUILD = Collections.synchronizedMap(new WeakHashMap<>());

    private final BatchedSaves saves = new BatchedSaves();

    private SharedSaves() {}

    static SharedSaves forBuild(Run<?, ?> build) {
        return BY_BUILD.computeIfAbsent(build, first -> new SharedSaves());
    }

    /**
     * Saves the program that a step is part of. A caller waits for ever if Jenkins is about to stop. What was saved
     * last may be older then, and the next controller decides from that.
     *
     * @param isOver true once the program has ended. It cannot be saved then, and need not be: a step that sends
     *     nothing does not wait for the save that it asked for
     */
    Save saveProgram(StepContext step, BooleanSupplier isOver) {
        return saves.ask(() ->
                unlessJenkinsStops(() -> VirtualThreadWaits.await(WORK.get(() -> future(step.saveState()))), isOver));
    }

    /** Saves a build without its program. A caller waits for ever if Jenkins is about to stop. */
    Save saveBuild(Run<?, ?> build) {
        return saves.ask(() -> unlessJenkinsStops(() -> WORK.get(() -> write(build)), () -> false));
    }

    private static Void write(Run<?, ?> build) throws IOException {
        BuildFolders.save(build);
        return null;
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

    private static Void unlessJenkinsStops(ReadRetries.ReadCall<?> save, BooleanSupplier isOver)
            throws MetaKraftwerkException, InterruptedException {
        try {
            save.read();
        } catch (RuntimeException | Error e) {
            READY.run(() -> failed(Futures.cause(e), isOver));
            throw e;
        }
        if (!READY.get(SharedSaves::isJenkinsUp)) {
            throw new InterruptedException();
        }
        return null;
    }

    /** Workflow plugins also report success for a save that they skip because Jenkins is gone. */
    private static boolean isJenkinsUp() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return jenkins != null && !jenkins.isTerminating();
    }

    private static void failed(Throwable failure, BooleanSupplier isOver) {
        Level level = isOver.getAsBoolean() ? Level.FINE : Level.WARNING;
        LOGGER.log(level, failure, () -> "Could not save the state of a deployment");
    }
}
