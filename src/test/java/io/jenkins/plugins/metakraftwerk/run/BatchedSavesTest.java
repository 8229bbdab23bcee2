package io.jenkins.plugins.metakraftwerk.run;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.OwnedVirtualThreads;
import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.fixture.BlockedThreads;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.run.BatchedSaves.Save;
import io.jenkins.plugins.metakraftwerk.server.PluginTime;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever becomes of a save, who waits for it hears of that, and the next one begins. */
class BatchedSavesTest {

    @AutoClose
    private final PluginTime time = PluginTime.withoutLimits();

    private final BatchedSaves saves = new BatchedSaves();
    private final AtomicInteger saved = new AtomicInteger();

    private Save askOnWork() {
        return saves.ask(() -> new PlatformCalls(Threads.work()).get(saved::incrementAndGet));
    }

    /** Is done when the future is. */
    private Save ask(CompletableFuture<Void> by) {
        return saves.ask(() -> io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits.await(by));
    }

    /** Has begun, so that nobody shares it. */
    private Save begin(CompletableFuture<Void> by) {
        Signal begun = new Signal();
        Save save = saves.ask(() -> {
            begun.give();
            return io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits.await(by);
        });
        TestWaits.until("a save", begun::isGiven);
        return save;
    }

    private static void assertFails(Save save, Class<? extends Throwable> failure) {
        assertThatThrownBy(() -> TestClients.begin(save).get())
                .extracting(Futures::cause)
                .isInstanceOf(failure);
    }

    static List<Throwable> failures() {
        return List.of(
                new StackOverflowError("on purpose"),
                new NoClassDefFoundError("on purpose"),
                new IllegalStateException("on purpose"));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable, R> R raise(Throwable failure) throws T {
        throw (T) failure;
    }

    @ParameterizedTest
    @MethodSource("failures")
    void oneThatFailsIsNotWaitedFor(Throwable failure) {
        for (int i = 0; i < 3; i++) {
            Save atOnce = saves.ask(() -> BatchedSavesTest.<RuntimeException, Void>raise(failure));
            Save later = ask(CompletableFuture.failedFuture(failure));
            for (Save save : List.of(atOnce, later)) {
                assertFails(save, failure.getClass());
                assertThat(save.hasFailed()).isTrue();
            }
        }
        get(askOnWork());
        assertThat(saved).hasValue(1);
    }

    @Test
    void whereNoThreadTakesItItFailsAndTheNextIsTried() throws Exception {
        try (BlockedThreads held = BlockedThreads.ofThePluginAndFull()) {
            for (int i = 0; i < 3; i++) {
                assertFails(askOnWork(), RejectedExecutionException.class);
            }
        }
        BlockedThreads.ofThePlugin().close();
        get(askOnWork());
        assertThat(saved).hasValue(1);
    }

    @Test
    void whatIsSavedIsToldAlsoWhereNoThreadIsFreeForThat() throws Exception {
        CompletableFuture<Void> first = new CompletableFuture<>();
        Save one = begin(first);
        Save two = askOnWork();
        try (BlockedThreads held = BlockedThreads.ofThePluginAndFull()) {
            first.complete(null);
            get(one);
            assertFails(two, RejectedExecutionException.class);
        }
        BlockedThreads.ofThePlugin().close();
        get(askOnWork());
    }

    @Test
    void whereNobodyCanWaitThereIsNoRest() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        begin(first);
        Save two = ask(second);
        Save three = ask(second);
        time.refuse();
        first.complete(null);
        second.complete(null);
        get(two);
        get(three);
        get(askOnWork());
    }

    @Test
    void manyShareTheNextAndTheirRestEnds() {
        time.holdAll();
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        begin(first);
        Save two = ask(second);
        Save three = askOnWork();
        first.complete(null);
        second.complete(null);
        get(two);
        get(three);
        assertThat(saved).as("the first who asks brings it").hasValue(0);
        TestWaits.until("a rest", () -> time.waiting().size() == 1);
        CompletableFuture<Void> four = TestClients.begin(askOnWork());
        assertThat(four).isNotDone();
        time.end(time.waiting().get(0));
        get(four);
        assertThat(saved).hasValue(1);
    }

    /** As where Jenkins stops. */
    @Test
    void afterOneThatIsInterruptedNoneBegins() {
        try (OwnedVirtualThreads threads = OwnedVirtualThreads.begin()) {
            CompletableFuture<Void> interrupted = TestClients.begin(saves.ask(() -> {
                throw new InterruptedException();
            }));
            threads.run();
            CompletableFuture<Void> next = TestClients.begin(saves.ask(saved::incrementAndGet));
            threads.run();
            assertThat(interrupted).isNotDone();
            assertThat(next).isNotDone();
        }
        assertThat(saved).hasValue(0);
    }
}
