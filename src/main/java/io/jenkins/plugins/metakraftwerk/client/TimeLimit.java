package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * The time limit of responses, from the first request. A response that has come counts even if it is noticed late: on a
 * busy machine, a virtual thread may go on long after its time was over.
 */
final class TimeLimit {

    /**
     * If the end is noticed this late, the machine is busy, and the response may be there unread. The wait then goes on
     * for the same time.
     */
    private static final Duration LATE = Duration.ofSeconds(1);

    private final Timing timing;
    private final Duration span;
    private Duration end;

    TimeLimit(Timing timing, Duration span) {
        this.timing = timing;
        this.span = span;
    }

    Duration span() {
        return span;
    }

    boolean isOver() {
        return end != null && timing.uptime().compareTo(end) >= 0;
    }

    /**
     * Begins to watch the time, before a request goes out.
     *
     * @throws RejectedExecutionException if the timer has no room for one more wait
     */
    Watch watch() {
        Duration now = timing.uptime();
        if (end == null) {
            end = now.plus(span);
        }
        Duration left = end.minus(now);
        return new Watch(left);
    }

    /** The wait for one response. */
    final class Watch implements AutoCloseable {

        private Duration due;
        private CompletableFuture<Void> timeout;

        private Watch(Duration left) {
            waitFor(left);
        }

        private void waitFor(Duration span) {
            timeout = timing.after(span);
            due = timing.uptime().plus(span);
        }

        /** Returns true if the response has come, also if it is a failure. */
        boolean awaits(CompletableFuture<?> response) throws InterruptedException {
            do {
                VirtualThreadWaits.awaitOne(response, timeout);
            } while (!response.isDone() && isLate() && waitsOn());
            return response.isDone();
        }

        private boolean isLate() {
            return timing.uptime().minus(due).compareTo(LATE) > 0;
        }

        private boolean waitsOn() {
            try {
                waitFor(LATE);
                return true;
            } catch (RejectedExecutionException e) {
                // The timer has no room for one more wait.
                return false;
            }
        }

        @Override
        public void close() {
            timeout.cancel(false);
        }
    }
}
