package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Virtual threads wait, and have done what they must not do. */
class PlatformCallsTest {

    @AutoClose
    private final OwnedVirtualThreads threads = OwnedVirtualThreads.begin();

    private final VirtualTiming timing = new VirtualTiming();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PlatformCalls door = new PlatformCalls(tasks::add);
    private final List<String> done = new ArrayList<>();

    private <T> CompletableFuture<T> line(Callable<T> line) {
        CompletableFuture<T> result = VirtualThreads.begin(Runnable::run, line);
        threads.run();
        return result;
    }

    private void doNext() {
        tasks.remove().run();
        threads.run();
    }

    private CompletableFuture<Void> through() {
        return line(() -> {
            door.run(() -> done.add("done"));
            done.add("went on");
            return null;
        });
    }

    @Test
    void itIsDoneByThePoolBeforeTheLineGoesOn() {
        var result = through();
        assertThat(done).isEmpty();
        doNext();
        assertThat(done).containsExactly("done", "went on");
        assertThat(result).isCompleted();
    }

    @Test
    void whatATaskThrowsTheLineThrows() {
        var failure = MetaKraftwerkException.refusedLocally(Text.forKey("said", "No"));
        var known = line(() -> door.get(() -> {
            throw failure;
        }));
        var unknown = line(() -> door.get(() -> {
            throw new StackOverflowError();
        }));
        doNext();
        doNext();
        assertThat(known.exceptionNow()).isSameAs(failure);
        assertThat(unknown.exceptionNow()).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void anInterruptEndsTheWaitAndWhatHasNotBegun() {
        var result = through();
        result.cancel(true);
        threads.run();
        doNext();
        assertThat(done).isEmpty();
    }

    @Test
    void nothingBeginsBehindAClosedDoor() {
        var result = through();
        door.close();
        doNext();
        assertThat(done).isEmpty();
        assertThat(result).as("nobody waits for it any more").isNotDone();
    }

    @Test
    void whoeverIsRefusedHearsSo() {
        PlatformCalls full = new PlatformCalls(task -> {
            throw new RejectedExecutionException("full");
        });
        assertThat(line(() -> full.get(() -> 1)).exceptionNow()).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void noPlatformThreadWaitsHere() {
        assertThatIllegalStateException().isThrownBy(() -> door.run(() -> {}));
        assertThatIllegalStateException()
                .isThrownBy(() -> VirtualThreadWaits.await(CompletableFuture.completedFuture(1)));
    }

    @Test
    void aPauseEndsWithItsTime() {
        var result = line(() -> {
            VirtualThreadWaits.pause(timing, Duration.ofSeconds(5));
            return "over";
        });
        timing.advance(Duration.ofSeconds(4));
        threads.run();
        assertThat(result).isNotDone();
        timing.advance(Duration.ofSeconds(1));
        threads.run();
        assertThat(result).isCompletedWithValue("over");
    }

    @Test
    void anInterruptedPauseLeavesNoTimer() {
        line(() -> {
                    VirtualThreadWaits.pause(timing, Duration.ofSeconds(5));
                    return null;
                })
                .cancel(true);
        threads.run();
        assertThat(timing.idle()).isTrue();
    }

    @Test
    void whatDoesNotComeIsWaitedForSoLong() {
        CompletableFuture<Void> never = new CompletableFuture<>();
        var came = line(() -> VirtualThreadWaits.within(timing, Duration.ofSeconds(5), never));
        timing.advance(Duration.ofSeconds(5));
        threads.run();
        assertThat(came).isCompletedWithValue(false);
        assertThat(never).isNotDone();
    }

    @Test
    void anInterruptedCallIsLetGoAndAnythingElseIsNot() {
        CompletableFuture<Void> call = new CompletableFuture<>();
        CompletableFuture<Void> shared = new CompletableFuture<>();
        line(() -> VirtualThreadWaits.ofCall(call)).cancel(true);
        line(() -> VirtualThreadWaits.await(shared)).cancel(true);
        threads.run();
        assertThat(call).isCancelled();
        assertThat(shared).isNotDone();
    }

    @Test
    void aThreadHasNothingOfWhoeverStartsIt() {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        local.set("of a build");
        try {
            assertThat(line(local::get)).isCompletedWithValue(null);
        } finally {
            local.remove();
        }
    }

    @Test
    void whoeverGoesOnIsNoVirtualThread() {
        var result = VirtualThreads.begin(tasks::add, () -> 1);
        var on = result.thenApply(one -> Thread.currentThread().isVirtual());
        threads.run();
        assertThat(result).isNotDone();
        doNext();
        assertThat(on).isCompletedWithValue(false);
        assertThatThrownBy(() -> tasks.remove()).isInstanceOf(java.util.NoSuchElementException.class);
    }

    @Test
    void norWhereNoThreadIsToBeHad() {
        var result = VirtualThreads.begin(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                () -> 1);
        var on = result.thenApply(one -> Thread.currentThread().isVirtual());
        threads.run();
        assertThat(TestClients.get(on)).isFalse();
    }
}
