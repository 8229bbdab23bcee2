package io.jenkins.plugins.metakraftwerk.client;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * The way by which a virtual thread has something done that it must not do: whatever enters Jenkins or touches a file. A
 * platform thread does it, which nobody interrupts, and which waits for no virtual thread: {@link VirtualThreadWaits} refuses it.
 */
public final class PlatformCalls {

    private final Executor pool;
    private volatile boolean closed;

    /** @param pool threads that may block */
    public PlatformCalls(Executor pool) {
        this.pool = pool;
    }

    /**
     * Waits until it is done. An interrupt ends the wait: what has begun by then is done all the same, and what has not never
     * begins.
     *
     * @throws MetaKraftwerkException of the task; others are thrown unchecked
     * @throws RejectedExecutionException where the pool does not take it
     */
    public <T> T get(Callable<T> task) throws MetaKraftwerkException, InterruptedException {
        Future<T> done = begin(task);
        try {
            return VirtualThreadWaits.ofCall(done);
        } catch (CancellationException e) {
            if (closed) {
                throw new InterruptedException();
            }
            throw e;
        }
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

    /** Hands it over. */
    <T> Future<T> begin(Callable<T> task) {
        if (!Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("A platform thread does it by itself");
        }
        FutureTask<T> done = new FutureTask<>(task);
        pool.execute(() -> {
            if (closed) {
                done.cancel(false);
            }
            done.run();
        });
        return done;
    }

    /** Nothing begins behind it from now on. */
    public void close() {
        closed = true;
    }
}
