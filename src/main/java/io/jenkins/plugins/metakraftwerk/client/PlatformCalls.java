package io.jenkins.plugins.metakraftwerk.client;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs tasks on platform threads for a virtual thread. A virtual thread must not enter Jenkins or touch a file by
 * itself. Nobody interrupts the platform thread. It must not wait for virtual threads, and {@link VirtualThreadWaits}
 * refuses that.
 */
public final class PlatformCalls {

    private final Executor pool;
    private volatile boolean closed;

    /** @param pool threads that may block */
    public PlatformCalls(Executor pool) {
        this.pool = pool;
    }

    /**
     * Runs a task and waits for its end. An interrupt ends the wait: a task that has begun goes on, and a task that has
     * not begun never begins.
     *
     * @throws MetaKraftwerkException of the task; its other failures are thrown unchecked
     * @throws RejectedExecutionException if the pool does not take the task
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

    /** Runs a task without a result. */
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

    /** Hands a task to the pool. */
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

    /** Keeps tasks that have not begun from beginning. */
    public void close() {
        closed = true;
    }
}
