package io.jenkins.plugins.metakraftwerk.deploy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Clock, waits and chance, as a deployment run needs them; tests bring their own. */
public interface Timing {

    Instant now();

    /** A future that completes after a while without holding a thread; cancelling it ends the wait. */
    CompletableFuture<Void> after(Duration wait);

    /** A random number from 0 (inclusive) to 1. */
    double random();

    /** The real thing. */
    static Timing on(ScheduledExecutorService scheduler) {
        return new Timing() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public CompletableFuture<Void> after(Duration wait) {
                CompletableFuture<Void> over = new CompletableFuture<>();
                Future<?> task = scheduler.schedule(() -> over.complete(null), wait.toMillis(), TimeUnit.MILLISECONDS);
                over.whenComplete((nothing, cancelled) -> task.cancel(false));
                return over;
            }

            @Override
            public double random() {
                return ThreadLocalRandom.current().nextDouble();
            }
        };
    }
}
