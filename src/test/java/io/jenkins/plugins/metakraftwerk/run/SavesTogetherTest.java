package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.metakraftwerk.fixture.BlockedThreads;
import io.jenkins.plugins.metakraftwerk.fixture.Waits;
import io.jenkins.plugins.metakraftwerk.server.PluginTime;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever becomes of a save, who waits for it hears of that, and the next one begins. */
class SavesTogetherTest {

    @AutoClose
    private final PluginTime time = PluginTime.withoutLimits();

    private final SavesTogether saves = new SavesTogether();
    private final AtomicInteger saved = new AtomicInteger();

    private CompletableFuture<Void> onWork() {
        return CompletableFuture.runAsync(saved::incrementAndGet, Threads.work());
    }

    private static void await(CompletableFuture<Void> save) {
        Waits.until("a save", save::isDone);
        save.join();
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
            CompletableFuture<Void> atOnce =
                    saves.ask(() -> SavesTogetherTest.<RuntimeException, CompletableFuture<Void>>raise(failure));
            CompletableFuture<Void> later = saves.ask(() -> CompletableFuture.failedFuture(failure));
            for (CompletableFuture<Void> save : List.of(atOnce, later)) {
                assertThatThrownBy(() -> await(save))
                        .isInstanceOf(CompletionException.class)
                        .hasCause(failure);
            }
        }
        await(saves.ask(this::onWork));
        assertThat(saved).hasValue(1);
    }

    @Test
    void whereNoThreadTakesItItFailsAndTheNextIsTried() throws Exception {
        try (BlockedThreads held = BlockedThreads.ofThePluginAndFull()) {
            for (int i = 0; i < 3; i++) {
                CompletableFuture<Void> save = saves.ask(this::onWork);
                assertThat(save).isCompletedExceptionally();
                assertThatThrownBy(save::join).hasCauseInstanceOf(RejectedExecutionException.class);
            }
        }
        BlockedThreads.ofThePlugin().close();
        await(saves.ask(this::onWork));
        assertThat(saved).hasValue(1);
    }

    @Test
    void whatIsSavedIsToldAlsoWhereNoThreadIsFreeForThat() throws Exception {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> one = saves.ask(() -> first);
        CompletableFuture<Void> two = saves.ask(this::onWork);
        try (BlockedThreads held = BlockedThreads.ofThePluginAndFull()) {
            first.complete(null);
            assertThat(one).isCompleted();
            assertThat(two).isCompletedExceptionally();
        }
        BlockedThreads.ofThePlugin().close();
        await(saves.ask(this::onWork));
    }

    @Test
    void whereNobodyCanWaitThereIsNoRest() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        saves.ask(() -> first);
        CompletableFuture<Void> two = saves.ask(() -> second);
        CompletableFuture<Void> three = saves.ask(() -> second);
        time.refuse();
        first.complete(null);
        second.complete(null);
        await(two);
        await(three);
        await(saves.ask(this::onWork));
    }

    @Test
    void manyShareTheNextAndTheirRestEnds() {
        time.holdAll();
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        saves.ask(() -> first);
        CompletableFuture<Void> two = saves.ask(() -> second);
        CompletableFuture<Void> three = saves.ask(this::onWork);
        first.complete(null);
        second.complete(null);
        await(two);
        await(three);
        assertThat(saved).as("the first who asks brings it").hasValue(0);
        Waits.until("a rest", () -> time.waiting().size() == 1);
        CompletableFuture<Void> four = saves.ask(this::onWork);
        assertThat(four).isNotDone();
        time.end(time.waiting().get(0));
        await(four);
        assertThat(saved).hasValue(1);
    }
}
