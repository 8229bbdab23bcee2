package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wait ends, whatever another does, and there are not more of them than there may be. */
class WaitTimerTest {

    private static final int MANY = 100;
    private static final Duration DAY = Duration.ofDays(1);

    private final WaitTimer timer = new WaitTimer("test", MANY, new VirtualTiming()::uptime);

    @AutoClose
    private final LoggedLines log = LoggedLines.ofPools();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.metakraftwerk.client.BoundedThreadPoolTest#failures")
    void whatOneThrowsIsLoggedAndEndsNoOther(Throwable failure) throws Exception {
        CountDownLatch others = new CountDownLatch(MANY - 1);
        timer.schedule(() -> BoundedThreadPoolTest.<RuntimeException>fail(failure), 0, TimeUnit.MILLISECONDS);
        for (int i = 1; i < MANY; i++) {
            timer.schedule(others::countDown, 0, TimeUnit.MILLISECONDS);
        }
        assertThat(others.await(TestClients.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(log.thrown()).containsExactly(failure);
    }

    @Test
    void moreThanItHoldsAreRefused() {
        Timing timing = Timing.on(timer, Runnable::run);
        CompletableFuture<Void> first = timing.after(DAY);
        for (int i = 1; i < MANY; i++) {
            timing.after(DAY);
        }
        assertThatThrownBy(() -> timing.after(DAY)).isInstanceOf(RejectedExecutionException.class);
        assertThat(log.messages()).singleElement().asString().contains("'test' take nothing more");
        first.cancel(true);
        assertThat(timing.after(DAY)).isNotDone();
    }

    /** What follows does not block, so that the timer may do it. */
    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.metakraftwerk.client.BoundedThreadPoolTest#failures")
    void aWaitEndsAlsoWhereNobodyGoesOnAfterIt(Throwable failure) {
        Timing timing = Timing.on(timer, task -> BoundedThreadPoolTest.<RuntimeException>fail(failure));
        CompletableFuture<Void> wait = timing.after(Duration.ZERO);
        TestClients.get(wait);
        assertThat(wait).isCompleted();
    }
}
