package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * The waits of a virtual thread, and of no other. Each can be interrupted. None is a sleep or has a time-out of Java's own:
 * the time is {@link Timing}'s.
 */
public final class VirtualThreadWaits {

    private VirtualThreadWaits() {}

    /**
     * Waits for what others work for too: an interrupt ends the wait alone.
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

    /** Waits for a call that nobody else waits for: an interrupt ends the call too, but no platform thread that makes it. */
    public static <T> T ofCall(Future<T> call) throws MetaKraftwerkException, InterruptedException {
        try {
            return await(call);
        } finally {
            call.cancel(false);
        }
    }

    /** Lets a span pass. */
    public static void pause(Timing timing, Duration span) throws InterruptedException {
        begin();
        CompletableFuture<Void> over = timing.after(span);
        try {
            awaitOne(over, over);
        } finally {
            over.cancel(false);
        }
    }

    /**
     * Waits for what may never come.
     *
     * @return whether it came, well and in time
     * @throws RejectedExecutionException where so many wait already that there is no room for one more
     */
    public static boolean within(Timing timing, Duration most, CompletableFuture<?> awaited)
            throws InterruptedException {
        if (!awaited.isDone() && !most.isZero()) {
            CompletableFuture<Void> over = timing.after(most);
            try {
                awaitOne(awaited, over);
            } finally {
                over.cancel(false);
            }
        }
        return awaited.isDone() && !awaited.isCompletedExceptionally();
    }

    /** Returns when one of two is over, however it ended. */
    static void awaitOne(CompletableFuture<?> one, CompletableFuture<?> other) throws InterruptedException {
        begin();
        try {
            (one == other ? one : CompletableFuture.anyOf(one, other)).get();
        } catch (ExecutionException | CancellationException e) {
            // Whoever waits looks what came.
        }
    }

    private static void begin() throws InterruptedException {
        if (!Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("A platform thread is not to wait here");
        }
        // What is there already would hide it.
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** What a virtual thread fails with where a future has failed so; what is unchecked is thrown here. */
    public static MetaKraftwerkException failure(Throwable cause) {
        return switch (cause) {
            case MetaKraftwerkException known -> known;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new CompletionException(cause);
        };
    }
}
