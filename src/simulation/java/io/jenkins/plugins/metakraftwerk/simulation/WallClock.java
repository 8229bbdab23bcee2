package io.jenkins.plugins.metakraftwerk.simulation;

import java.time.Duration;
import java.time.Instant;

/** Wall clock of one machine, which somebody may set. */
final class WallClock {

    private static final Instant BEGAN = Instant.parse("2025-06-01T12:00:00Z");

    private final Scheduler scheduler;
    private Duration offset = Duration.ZERO;

    WallClock(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    Instant now() {
        return BEGAN.plusNanos(scheduler.now()).plus(offset);
    }

    void set(Duration by) {
        offset = offset.plus(by);
    }
}
