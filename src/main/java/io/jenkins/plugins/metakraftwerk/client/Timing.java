package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Clocks, waits and chance; tests and the simulation bring their own. */
public interface Timing {

    /** The time of day, which somebody may set: only for what outlives this process, and for what people read. */
    Instant now();

    /** The time since some fixed moment of this process. Never goes back, so that all spans are taken from it. */
    Duration uptime();

    /** A future that completes after a while without holding a thread; cancelling it ends the wait. */
    CompletableFuture<Void> after(Duration wait);

    /** Does something after a while, where what follows a wait may be done. */
    default void later(Duration wait, Runnable task) {
        after(wait).thenRun(task);
    }

    /** A random number from 0 (inclusive) to 1. */
    double random();

    /**
     * The real thing.
     *
     * @param timer only triggers
     * @param executor runs what follows a wait, which must not block
     */
    static Timing on(ScheduledExecutorService timer, Executor executor) {
        return new Timing() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public Duration uptime() {
                return Duration.ofNanos(System.nanoTime());
            }

            @Override
            public CompletableFuture<Void> after(Duration wait) {
                CompletableFuture<Void> over = new CompletableFuture<>();
                Future<?> task = timer.schedule(() -> end(over), wait.toMillis(), TimeUnit.MILLISECONDS);
                over.whenComplete((nothing, cancelled) -> task.cancel(false));
                return over;
            }

            private void end(CompletableFuture<Void> wait) {
                try {
                    executor.execute(() -> wait.complete(null));
                } catch (RuntimeException | Error e) {
                    // Whoever waits must not wait for ever.
                    wait.complete(null);
                }
            }

            @Override
            public double random() {
                return ThreadLocalRandom.current().nextDouble();
            }
        };
    }
}
