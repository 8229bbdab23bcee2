package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * Waits of virtual threads only. Each can be interrupted. None is a sleep or uses a time-out of Java, since the time
 * comes from {@link Timing}.
 */
public final class VirtualThreadWaits {

    private VirtualThreadWaits() {}

    /**
     * Waits for a future that others wait for too. An interrupt ends the wait alone.
     *
     * @throws MetaKraftwerkException the failure of the future, if it is one; any other is thrown unchecked
     */
    public static <T> T await(Future<T> future) throws MetaKraftwerkException, InterruptedException {
        begin();
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failure(Futures.cause(e));
        }
    }

    /**
     * Waits for a call that nobody else waits for. An interrupt also cancels the call, but a platform thread that has
     * begun it goes on.
     */
    public static <T> T ofCall(Future<T> call) throws MetaKraftwerkException, InterruptedException {
        try {
            return await(call);
        } finally {
            call.cancel(false);
        }
    }

    /** Waits for a span of time. */
    public static void pause(Timing timing, Duration span) throws InterruptedException {
        begin();
        CompletableFuture<Void> timeout = timing.after(span);
        try {
            awaitOne(timeout, timeout);
        } finally {
            timeout.cancel(false);
        }
    }

    /**
     * Waits for a future that may never complete.
     *
     * @return true if it completed in time and did not fail
     * @throws RejectedExecutionException if the timer has no room for one more wait
     */
    public static boolean within(Timing timing, Duration most, CompletableFuture<?> awaited)
            throws InterruptedException {
        if (!awaited.isDone() && !most.isZero()) {
            CompletableFuture<Void> timeout = timing.after(most);
            try {
                awaitOne(awaited, timeout);
            } finally {
                timeout.cancel(false);
            }
        }
        return awaited.isDone() && !awaited.isCompletedExceptionally();
    }

    /** Returns when one of two futures has completed or failed. */
    static void awaitOne(CompletableFuture<?> one, CompletableFuture<?> other) throws InterruptedException {
        begin();
        try {
            (one == other ? one : CompletableFuture.anyOf(one, other)).get();
        } catch (ExecutionException | CancellationException e) {
            // The caller checks the futures itself.
        }
    }

    private static void begin() throws InterruptedException {
        if (!Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("A platform thread is not to wait here");
        }
        // A future that is done already would hide the interrupt.
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Returns the failure that a virtual thread throws for the failure of a future. Unchecked ones are thrown here. */
    public static MetaKraftwerkException failure(Throwable cause) {
        return switch (cause) {
            case MetaKraftwerkException known -> known;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new CompletionException(cause);
        };
    }
}
