package io.jenkins.plugins.metakraftwerk.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What {@link CompletableFuture} lacks. */
public final class Futures {

    private Futures() {}

    /** The failure itself, without the wrappers that futures put around it. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** A future of another value; cancelling it cancels the original. */
    public static <T, R> CompletableFuture<R> map(CompletableFuture<T> original, Function<T, R> map) {
        CompletableFuture<R> mapped = original.thenApply(map);
        cancelWith(mapped, original);
        return mapped;
    }

    /**
     * The same, where making the other value takes time.
     *
     * @param executor makes it; where it refuses, the future fails
     */
    public static <T, R> CompletableFuture<R> map(
            CompletableFuture<T> original, Function<T, R> map, Executor executor) {
        CompletableFuture<R> mapped = original.thenApplyAsync(map, executor);
        cancelWith(mapped, original);
        return mapped;
    }

    /** A future that fails with another failure; cancelling it cancels the original. */
    static <T> CompletableFuture<T> mapFailure(CompletableFuture<T> original, UnaryOperator<Throwable> map) {
        CompletableFuture<T> mapped =
                original.exceptionallyCompose(failure -> CompletableFuture.failedFuture(map.apply(cause(failure))));
        cancelWith(mapped, original);
        return mapped;
    }

    /**
     * The value of the first, when both have ended well. A failure of the second counts at once; one of the first only when
     * the second has ended, so that what the second finds out is not lost. Its end ends both.
     */
    public static <T> CompletableFuture<T> both(CompletableFuture<T> first, CompletableFuture<?> second) {
        CompletableFuture<T> both = new CompletableFuture<>();
        second.whenComplete((nothing, failure) -> {
            if (failure == null) {
                end(both, first);
            } else {
                both.completeExceptionally(cause(failure));
            }
        });
        cancelWith(both, first);
        cancelWith(both, second);
        return both;
    }

    private static <T> void end(CompletableFuture<T> with, CompletableFuture<T> other) {
        other.whenComplete((value, failure) -> {
            if (failure == null) {
                with.complete(value);
            } else {
                with.completeExceptionally(cause(failure));
            }
        });
    }

    /** Lets the end of one future end another that works for it. */
    private static void cancelWith(CompletableFuture<?> leader, CompletableFuture<?> follower) {
        leader.whenComplete((value, failure) -> {
            if (!follower.isDone()) {
                follower.cancel(true);
            }
        });
    }
}
