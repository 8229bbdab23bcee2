package io.jenkins.plugins.metakraftwerk.client;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The way by which a virtual thread has something done that it must not do: whatever enters Jenkins or touches a file. A
 * platform thread does it, which nobody interrupts, and which waits for no virtual thread: {@link Waits} refuses it.
 */
public final class Door {

    private final Executor pool;

    /** @param pool threads that may block */
    public Door(Executor pool) {
        this.pool = pool;
    }

    /**
     * Waits until it is done. An interrupt ends the wait, not what is done.
     *
     * @throws MetaKraftwerkException of the task; others are thrown unchecked
     * @throws RejectedExecutionException where the pool does not take it
     */
    public <T> T get(Callable<T> task) throws MetaKraftwerkException, InterruptedException {
        return Waits.of(begin(task));
    }

    /** The same for what has nothing to say. */
    public void run(Runnable task) throws InterruptedException {
        try {
            get(() -> {
                task.run();
                return null;
            });
        } catch (MetaKraftwerkException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Hands something over and goes on meanwhile. */
    public <T> CompletableFuture<T> begin(Callable<T> task) {
        if (!Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("A platform thread does it by itself");
        }
        CompletableFuture<T> done = new CompletableFuture<>();
        pool.execute(() -> {
            try {
                done.complete(task.call());
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }
}
