package io.jenkins.plugins.metakraftwerk.pipeline;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.config.Surroundings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Saves the state of a Pipeline for many of its steps at once. To save the state of one step is to save the whole
 * program, so with a thousand branches each must not wait for a save of its own: those who come during a save share the
 * next one.
 */
final class SharedSaves {

    private static final ConcurrentMap<String, SharedSaves> BY_BUILD = new ConcurrentHashMap<>();

    private final String build;
    private boolean saving;

    /** What waits for the next save, and a step by which to ask for it; both null where nobody waits. */
    private CompletableFuture<Void> next;

    private StepContext nextBy;

    private SharedSaves(String build) {
        this.build = build;
    }

    static SharedSaves of(Run<?, ?> build) {
        return BY_BUILD.computeIfAbsent(build.getExternalizableId(), SharedSaves::new);
    }

    /**
     * Completes when a save that began after this call has ended; never, where Jenkins is about to stop, since what was
     * saved last may then be older, and the controller that comes next decides from that.
     */
    synchronized CompletableFuture<Void> save(StepContext context) {
        if (next == null) {
            next = new CompletableFuture<>();
            nextBy = context;
        }
        CompletableFuture<Void> saved = next.copy();
        if (!saving) {
            begin();
        }
        return saved;
    }

    private void begin() {
        CompletableFuture<Void> waiting = next;
        ListenableFuture<Void> save = nextBy.saveState();
        next = null;
        nextBy = null;
        saving = true;
        save.addListener(() -> ended(save, waiting), Surroundings.workers());
    }

    private void ended(ListenableFuture<Void> save, CompletableFuture<Void> waiting) {
        synchronized (this) {
            saving = false;
            if (next != null) {
                begin();
            } else {
                BY_BUILD.remove(build, this);
            }
        }
        try {
            save.get();
            Jenkins jenkins = Jenkins.getInstanceOrNull();
            if (jenkins != null && !jenkins.isTerminating()) {
                waiting.complete(null);
            }
        } catch (ExecutionException e) {
            waiting.completeExceptionally(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            waiting.completeExceptionally(e);
        }
    }
}
