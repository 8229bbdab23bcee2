package io.jenkins.plugins.metakraftwerk.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A future that is worked for by one step at a time: a call, a pause, a save. Its end, in whatever way, ends the step that
 * runs. Steps that are over are let go, so that a chain of any length holds no more than its current step.
 *
 * <p>An exception within what follows a step ends the chain with that exception, never with silence.
 */
public final class Chain<T> extends CompletableFuture<T> {

    private final Executor executor;

    /** Guarded by this; null between two steps. */
    private CompletableFuture<?> step;

    /** A chain that goes on with the thread that ends a step. */
    public Chain() {
        this(Runnable::run);
    }

    /** @param executor runs what follows a step */
    public Chain(Executor executor) {
        this.executor = executor;
    }

    /** Goes on when a step has ended well; its failure is the failure of the chain. */
    public <S> void then(CompletableFuture<S> next, Consumer<? super S> what) {
        either(next, (value, failure) -> {
            if (failure == null) {
                what.accept(value);
            } else {
                completeExceptionally(failure);
            }
        });
    }

    /** Goes on when a step has ended, well or with a failure, which comes without the wrappers of futures. */
    public <S> void either(CompletableFuture<S> next, BiConsumer<? super S, Throwable> what) {
        if (!begin(next)) {
            next.cancel(true);
            return;
        }
        next.whenComplete((value, failure) -> guarded(() -> executor.execute(() -> {
            if (end(next)) {
                guarded(() -> what.accept(value, failure == null ? null : Futures.cause(failure)));
            }
        })));
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            completeExceptionally(e);
        }
    }

    private synchronized boolean begin(CompletableFuture<?> next) {
        if (isDone()) {
            return false;
        }
        step = next;
        return true;
    }

    /** Whether the chain goes on. */
    private synchronized boolean end(CompletableFuture<?> ended) {
        if (step == ended) {
            step = null;
        }
        return !isDone();
    }

    @Override
    public boolean complete(T value) {
        return over(super.complete(value));
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return over(super.completeExceptionally(failure));
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return over(super.cancel(mayInterruptIfRunning));
    }

    private boolean over(boolean now) {
        CompletableFuture<?> last;
        synchronized (this) {
            last = step;
            step = null;
        }
        if (now && last != null) {
            last.cancel(true);
        }
        return now;
    }
}
