package io.jenkins.plugins.metakraftwerk.pipeline;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.config.Surroundings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Saves the state of a Pipeline for many of its steps at once. To save the state of one step is to save the whole
 * program, so with a thousand branches each must not wait for a save of its own: those who come during a save, or during
 * the rest that follows it, share the next one.
 */
final class SharedSaves {

    private static final ConcurrentMap<String, SharedSaves> BY_BUILD = new ConcurrentHashMap<>();

    /** How much longer than a save the rest after it is, so that the Pipeline's thread gets on with other work. */
    private static final int REST = 4;

    private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(1);

    private final String build;

    /** A save, or the rest after one. */
    private boolean busy;

    /** What waits for the next save, and a step by which to ask for it; both null where nobody waits. */
    private CompletableFuture<Void> next;

    private StepContext nextBy;
    private int waiters;

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
        ListenableFuture<Void> save = nextBy.saveState();
        next = null;
        nextBy = null;
        waiters = 0;
        busy = true;
        save.addListener(
                () -> {
                    rest(many ? REST * (System.nanoTime() - began) : 0);
                    ended(save, waiting);
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
        } else {
            BY_BUILD.remove(build, this);
        }
    }

    private void ended(ListenableFuture<Void> save, CompletableFuture<Void> waiting) {
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
