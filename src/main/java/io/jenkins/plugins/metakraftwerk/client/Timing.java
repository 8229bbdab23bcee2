package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Clocks, waits and random numbers. Tests and the simulation bring their own. */
public interface Timing {

    /** Returns the time of day, which somebody may set. Use it only for times that are stored or that people read. */
    Instant now();

    /** Returns the time since a fixed moment of this process. It never goes back, so measure all spans with it. */
    Duration uptime();

    /** Returns a future that completes after a while and holds no thread. To cancel it ends the wait. */
    CompletableFuture<Void> after(Duration wait);

    /** Runs a task after a while. The task must not block. */
    default void later(Duration wait, Runnable task) {
        after(wait).thenRun(task);
    }

    /** Returns a random number from 0 (inclusive) to 1 (exclusive). */
    double random();

    /**
     * Makes the timing of the running system.
     *
     * @param timer only triggers
     * @param executor runs the code that follows a wait, which must not block
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
                    // Otherwise the thread would wait for ever.
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
