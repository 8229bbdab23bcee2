package io.jenkins.plugins.metakraftwerk.server;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import io.jenkins.plugins.metakraftwerk.client.LoggedLines;
import io.jenkins.plugins.metakraftwerk.fixture.BlockedThreads;
import io.jenkins.plugins.metakraftwerk.fixture.Waits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No thread is lost by what a task throws, and what waits for the threads has an end. */
class ThreadsTest {

    private static final int MANY = 100;

    private static final AtomicInteger TESTS = new AtomicInteger();

    @AutoClose
    private final PluginTime time = new PluginTime();

    @AutoClose
    private final LoggedLines log = LoggedLines.ofPools();

    /** So that what the last test had said may be said again. */
    @BeforeEach
    void begin() {
        time.skip(Duration.ofHours(TESTS.incrementAndGet()));
    }

    static List<Throwable> failures() {
        return List.of(
                new OutOfMemoryError("on purpose"),
                new StackOverflowError("on purpose"),
                new NoClassDefFoundError("on purpose"),
                new IllegalStateException("on purpose"));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void fail(Throwable failure) throws T {
        throw (T) failure;
    }

    @ParameterizedTest
    @MethodSource("failures")
    void allThreadsOutliveWhatATaskThrows(Throwable failure) throws Exception {
        for (Executor pool : List.of(Threads.work(), Threads.http(), Threads.oneByOne("test", 2 * MANY))) {
            for (int i = 0; i < 10; i++) {
                pool.execute(() -> ThreadsTest.<RuntimeException>fail(failure));
            }
            CountDownLatch done = new CountDownLatch(MANY);
            for (int i = 0; i < MANY; i++) {
                pool.execute(done::countDown);
            }
            done.await();
        }
        assertThat(log.await(30).thrown()).hasSize(30).containsOnly(failure);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aWaitEndsWhateverFollowsAnother(Throwable failure) {
        time.close();
        for (int i = 0; i < 10; i++) {
            Threads.timing().after(Duration.ZERO).thenRun(() -> ThreadsTest.<RuntimeException>fail(failure));
        }
        for (int i = 0; i < MANY; i++) {
            get(Threads.timing().after(Duration.ZERO));
        }
    }

    @Test
    void whatBeginsIsRefusedBeforeWhatGoesOn() throws Exception {
        AtomicInteger done = new AtomicInteger();
        try (BlockedThreads held = BlockedThreads.ofThePlugin()) {
            for (int i = 0; i < Threads.MOST_BEFORE_NEW_WORK; i++) {
                Threads.begin(done::incrementAndGet);
            }
            assertThatThrownBy(() -> Threads.begin(done::incrementAndGet))
                    .isInstanceOf(AbortException.class)
                    .hasMessageStartingWith("MetaKraftwerk has too much to do in this Jenkins now");
            for (int i = Threads.MOST_BEFORE_NEW_WORK; i < Threads.MOST_WAITING; i++) {
                Threads.work().execute(done::incrementAndGet);
            }
            assertThatThrownBy(() -> Threads.work().execute(done::incrementAndGet))
                    .isInstanceOf(RejectedExecutionException.class);
            assertThat(log.messages()).singleElement().asString().contains("'MetaKraftwerk work' take nothing more");
        }
        Waits.until("what was not refused", () -> done.get() == Threads.MOST_WAITING);
    }

    @Test
    void whatMustBeDoneIsTriedAgain() throws Exception {
        AtomicInteger done = new AtomicInteger();
        try (BlockedThreads held = BlockedThreads.ofThePluginAndFull()) {
            Threads.certainly(done::incrementAndGet);
            time.end(Threads.AGAIN);
            Waits.until("another try", () -> time.waiting().contains(Threads.AGAIN));
            assertThat(done).hasValue(0);
        }
        // All that waited has ended.
        BlockedThreads.ofThePlugin().close();
        time.end(Threads.AGAIN);
        Waits.until("what was refused", () -> done.get() == 1);
    }

    @Test
    void whatHoldsTheThreadsIsSaid() throws Exception {
        try (BlockedThreads held = BlockedThreads.ofThePlugin()) {
            Threads.work().execute(() -> {});
            assertThat(log.messages()).isEmpty();
            time.skip(Duration.ofMinutes(6));
            Threads.work().execute(() -> {});
            Threads.work().execute(() -> {});
        }
        assertThat(log.messages())
                .singleElement()
                .asString()
                .contains("'MetaKraftwerk work', 8 in all", "BlockedThreads");
    }
}
