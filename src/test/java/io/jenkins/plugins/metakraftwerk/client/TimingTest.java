package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real clocks and waits. */
class TimingTest {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final Timing timing = Timing.on(timer, work::add);
    private final CompletableFuture<Void> wait = timing.after(Duration.ofDays(1));
    private final RunnableScheduledFuture<?> task =
            (RunnableScheduledFuture<?>) timer.getQueue().peek();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void theTimerOnlyTriggers() {
        assertThat(task.getDelay(TimeUnit.HOURS)).isEqualTo(23);
        task.run();
        assertThat(wait).isNotDone();
        work.remove().run();
        assertThat(wait).isCompleted();
    }

    /** Who waits would else wait for ever. */
    @Test
    void aWaitEndsWhereNobodyTakesWhatFollows() {
        Timing full = Timing.on(timer, next -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        String after = TestClients.get(full.after(Duration.ZERO).thenApply(over -> "goes on"));
        assertThat(after).isEqualTo("goes on");
    }

    @Test
    void aCancelledWaitIsNoWork() {
        wait.cancel(true);
        assertThat(task.isCancelled()).isTrue();
    }

    @Test
    void chanceHasAllValuesFrom0To1() {
        assertThat(timing.random()).isBetween(0.0, 1.0).isLessThan(1);
        assertThat(timing.uptime()).isLessThanOrEqualTo(timing.uptime());
    }
}
