package io.jenkins.plugins.metakraftwerk.pipeline;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** How tests wait for what must come. */
final class Waits {

    /** Far more than anything here needs, even on a busy machine. */
    static final Duration LIMIT = Duration.ofSeconds(120);

    private Waits() {}

    /** For what tells nobody when it comes. */
    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited in vain");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
