package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** Clocks and waits of one life of a controller. */
final class SimTiming implements Timing {

    /** Longest wait of an ending run for its notes, which the rules check. */
    private static final Duration SHORT = Duration.ofSeconds(5);

    private final Scheduler scheduler;
    private final Chance chance;
    private final WallClock wall;
    private final ControllerLife life;
    private final double full;

    /** @param full share of longer waits that the timer refuses */
    SimTiming(Scheduler scheduler, Chance chance, WallClock wall, ControllerLife life, double full) {
        this.scheduler = scheduler;
        this.chance = chance;
        this.wall = wall;
        this.life = life;
        this.full = full;
    }

    @Override
    public Instant now() {
        return wall.now();
    }

    @Override
    public Duration uptime() {
        return Duration.ofNanos(scheduler.now() - life.began);
    }

    @Override
    public CompletableFuture<Void> after(Duration wait) {
        if (wait.compareTo(SHORT) > 0 && chance.happens(full)) {
            throw new RejectedExecutionException("Too many wait already");
        }
        CompletableFuture<Void> over = new CompletableFuture<>();
        // A wait of more nanoseconds than a long can hold never ends.
        long nanos = wait.compareTo(Duration.ofDays(365)) > 0 ? Long.MAX_VALUE / 2 : wait.toNanos();
        Scheduler.Event end = scheduler.after(nanos, life, () -> over.complete(null));
        over.whenComplete((nothing, cancelled) -> end.cancel());
        return over;
    }

    @Override
    public double random() {
        return chance.fraction();
    }
}
