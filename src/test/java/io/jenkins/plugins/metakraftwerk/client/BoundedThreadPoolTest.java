package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads that outlive what their tasks throw, queues that have an end, and what is said of both. */
class BoundedThreadPoolTest {

    private static final int MANY = 100;

    /** How many tasks may wait. */
    private static final int MOST = 200;

    private final VirtualTiming time = new VirtualTiming();
    private final CountDownLatch hold = new CountDownLatch(1);

    @AutoClose
    private final LoggedLines log = LoggedLines.ofPools();

    private BoundedThreadPool pool = BoundedThreadPool.refusing("test", 2, MOST, time::uptime);

    @AfterEach
    void stop() {
        hold.countDown();
        pool.shutdown();
    }

    private void hang() {
        try {
            hold.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when each thread of the pool has a task that goes on until the hold is over. */
    private void holdAll() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(2);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 2; i++) {
            pool.execute(() -> {
                threads.add(Thread.currentThread());
                held.countDown();
                hang();
            });
        }
        held.await();
        // Where they are is said of them: both in the same place.
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
    }

    /** The threads on which so many tasks ran, all of which did. */
    static Set<String> runMany(Executor pool) throws InterruptedException {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(MANY);
        for (int i = 0; i < MANY; i++) {
            pool.execute(() -> {
                threads.add(Thread.currentThread().getName());
                done.countDown();
            });
        }
        assertThat(done.await(TestClients.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return threads;
    }

    /** What a thread must outlive. */
    static Stream<Throwable> failures() {
        return Stream.of(
                new OutOfMemoryError("on purpose"),
                new StackOverflowError("on purpose"),
                new NoClassDefFoundError("on purpose"),
                new IllegalStateException("on purpose"));
    }

    @SuppressWarnings("unchecked")
    static <T extends Throwable> void fail(Throwable failure) throws T {
        throw (T) failure;
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatATaskThrowsIsLoggedOnceAndCostsNoThread(Throwable failure) throws Exception {
        for (int i = 0; i < 10; i++) {
            pool.execute(() -> BoundedThreadPoolTest.<RuntimeException>fail(failure));
        }
        assertThat(runMany(pool)).isSubsetOf("test 1", "test 2");
        assertThat(log.await(10).messages())
                .hasSize(10)
                .allMatch(line -> line.startsWith("A task of the threads 'test' failed"));
        assertThat(log.thrown()).containsOnly(failure);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theThreadsThatReadAnswersOutliveIt(Throwable failure) throws Exception {
        for (int i = 0; i < 10; i++) {
            ResponseThreads.EXECUTOR.execute(() -> BoundedThreadPoolTest.<RuntimeException>fail(failure));
        }
        assertThat(runMany(ResponseThreads.EXECUTOR)).allMatch(name -> name.startsWith("MetaKraftwerk client "));
        assertThat(log.await(10).thrown()).hasSize(10).containsOnly(failure);
    }

    @Test
    void whatThereIsNoRoomForIsRefusedAndSaidOnceAMinute() throws Exception {
        holdAll();
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < MOST; i++) {
            pool.execute(done::incrementAndGet);
        }
        time.advance(Duration.ofSeconds(90));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> pool.execute(done::incrementAndGet))
                    .isInstanceOf(RejectedExecutionException.class);
        }
        assertThat(log.messages())
                .singleElement()
                .asString()
                .startsWith(
                        "The threads 'test' take nothing more for now. 200 tasks wait for them. The oldest running task "
                                + "has taken 90 s so far.");

        time.advance(ThreadPoolMonitor.PAUSE);
        assertThatThrownBy(() -> pool.execute(done::incrementAndGet)).isInstanceOf(RejectedExecutionException.class);
        assertThat(log.messages()).hasSize(2).last().asString().contains("150 s");

        hold.countDown();
        pool.shutdown();
        assertThat(pool.awaitTermination(TestClients.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(done).as("those that were not refused").hasValue(MOST);
    }

    @Test
    void whatIsNewLeavesRoomForWhatHasBegun() throws Exception {
        pool.requireRoom(5);
        holdAll();
        for (int i = 0; i < 5; i++) {
            pool.execute(() -> {});
        }
        assertThatThrownBy(() -> pool.requireRoom(5)).isInstanceOf(RejectedExecutionException.class);
        assertThat(log.messages()).singleElement().asString().contains("5 tasks wait");
        pool.execute(() -> {});
    }

    @Test
    void whatDoesNotBlockIsDoneByWhoHandsItOver() throws Exception {
        pool = BoundedThreadPool.helping("test", 2, MOST);
        holdAll();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < MOST; i++) {
            pool.execute(() -> {});
        }
        pool.execute(() -> threads.add(Thread.currentThread().getName()));
        pool.execute(() -> {
            throw new NoClassDefFoundError("on purpose");
        });
        assertThat(threads).containsExactly(Thread.currentThread().getName());
        assertThat(log.messages()).hasSize(2).anyMatch(line -> line.contains("take nothing more"));
    }

    @Test
    void whatHoldsAllThreadsIsSaidOnceUntilOneIsFree() throws Exception {
        holdAll();
        pool.execute(() -> {});
        time.advance(ThreadPoolMonitor.LONG);
        pool.execute(() -> {});
        assertThat(log.messages()).as("not yet").isEmpty();

        time.advance(Duration.ofSeconds(1));
        pool.execute(() -> {});
        pool.execute(() -> {});
        assertThat(log.messages())
                .singleElement()
                .asString()
                .contains("The threads 'test', 2 in all, have had the same tasks for more than 5 min. 3 tasks")
                .contains("2 x\n\tat ", "CountDownLatch.await", "BoundedThreadPoolTest.hang(");

        hold.countDown();
        runMany(pool);
        assertThat(log.messages()).hasSize(1);
    }

    @Test
    void onesThatAreBusyAreNotStuck() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        pool.execute(() -> {
            begun.countDown();
            try {
                first.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        begun.await();
        time.advance(ThreadPoolMonitor.LONG.multipliedBy(2));
        CountDownLatch second = new CountDownLatch(1);
        pool.execute(() -> {
            second.countDown();
            hang();
        });
        second.await();
        pool.execute(() -> {});
        first.countDown();
        assertThat(log.messages()).isEmpty();
    }

    /** One that blocks in Jenkins' log would hold the thread that carries it. */
    @Test
    void noVirtualThreadSaysThatThereIsNoRoom() throws Exception {
        holdAll();
        for (int i = 0; i < MOST; i++) {
            pool.execute(() -> {});
        }
        CompletableFuture<Throwable> refusal = new CompletableFuture<>();
        VirtualThreads.start(() -> refusal.complete(catchThrowable(() -> pool.execute(() -> {}))));
        assertThat(TestClients.get(refusal)).isInstanceOf(RejectedExecutionException.class);
        assertThat(log.await(1).threads()).noneMatch(Thread::isVirtual);
    }

    /** As where a container may have no more threads. */
    @Test
    void theThreadsThatThereAreDoWhatAnotherWasToDo() throws Exception {
        ThreadFactory usual = BoundedThreadPool.threads("test");
        List<Thread> made = new CopyOnWriteArrayList<>();
        pool = new BoundedThreadPool(
                "test",
                2,
                MOST,
                time::uptime,
                work -> {
                    if (!made.isEmpty()) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    made.add(usual.newThread(work));
                    return made.get(0);
                },
                new ThreadPoolExecutor.AbortPolicy());
        assertThat(runMany(pool)).containsExactly("test 1");
    }

    @Test
    void whereThereIsNoThreadAtAllATaskIsRefused() {
        pool = new BoundedThreadPool(
                "test",
                2,
                MOST,
                time::uptime,
                work -> {
                    throw new OutOfMemoryError("unable to create native thread");
                },
                new ThreadPoolExecutor.AbortPolicy());
        assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}
