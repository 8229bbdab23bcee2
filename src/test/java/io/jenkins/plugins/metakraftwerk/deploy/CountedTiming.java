package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Time in which nothing ever ends: no time passes in a wait, and after so many waits the next one lasts. */
final class CountedTiming implements Timing {

    static final Instant NOW = Instant.parse("2025-06-01T12:00:00Z");

    private long left;
    private CompletableFuture<Void> last;

    /** Lets the wait end that lasts, and so many more. */
    void pass(long waits) {
        left = waits;
        last.complete(null);
    }

    /** Whether another wait lasts, after all that were to end. */
    boolean isUsedUp() {
        return left == 0 && !last.isDone();
    }

    @Override
    public CompletableFuture<Void> after(Duration wait) {
        if (left > 0) {
            left--;
            return CompletableFuture.completedFuture(null);
        }
        last = new CompletableFuture<>();
        return last;
    }

    @Override
    public Instant now() {
        return NOW;
    }

    @Override
    public Duration uptime() {
        return Duration.ZERO;
    }

    @Override
    public double random() {
        return 0.5;
    }
}
