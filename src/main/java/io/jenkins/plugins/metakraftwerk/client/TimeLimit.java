package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * How long answers may take, from the first request on. What has come counts, however late it is looked at: on a busy
 * machine a virtual thread may go on long after its time was over.
 */
final class TimeLimit {

    /** An end that is noticed so late has waited for the same busy threads as the answer, which may be there unread. */
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
     * @throws RejectedExecutionException where so many wait already that there is no room for one more
     */
    Watch watch() {
        Duration now = timing.uptime();
        if (end == null) {
            end = now.plus(span);
        }
        Duration left = end.minus(now);
        return new Watch(left);
    }

    /** The wait for one answer. */
    final class Watch implements AutoCloseable {

        private Duration due;
        private CompletableFuture<Void> over;

        private Watch(Duration left) {
            waits(left);
        }

        private void waits(Duration span) {
            over = timing.after(span);
            due = timing.uptime().plus(span);
        }

        /** Whether it came, well or not. */
        boolean awaits(CompletableFuture<?> answer) throws InterruptedException {
            do {
                VirtualThreadWaits.awaitOne(answer, over);
            } while (!answer.isDone() && isLate() && waitsOn());
            return answer.isDone();
        }

        private boolean isLate() {
            return timing.uptime().minus(due).compareTo(LATE) > 0;
        }

        private boolean waitsOn() {
            try {
                waits(LATE);
                return true;
            } catch (RejectedExecutionException e) {
                // There is no more time to be had.
                return false;
            }
        }

        @Override
        public void close() {
            over.cancel(false);
        }
    }
}
