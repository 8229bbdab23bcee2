package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two calls at once, of which the second may find a reason not to go on. */
class FuturesTest {

    private final IllegalStateException trouble = new IllegalStateException("trouble");
    private final IllegalStateException reason = new IllegalStateException("reason");
    private final CompletableFuture<String> first = new CompletableFuture<>();
    private final CompletableFuture<Void> second = new CompletableFuture<>();
    private final CompletableFuture<String> both = Futures.both(first, second);

    @Test
    void theValueComesWhenBothHaveEndedWell() {
        first.complete("value");
        assertThat(both).isNotDone();
        second.complete(null);
        assertThat(both).isCompletedWithValue("value");
    }

    @Test
    void whatTheSecondFindsIsNotLostToAFailureOfTheFirst() {
        first.completeExceptionally(trouble);
        assertThat(both).isNotDone();
        second.completeExceptionally(reason);
        assertThat(both).isCompletedExceptionally();
        assertThat(both.handle((value, failure) -> failure)).isCompletedWithValue(reason);
    }

    @Test
    void aFailureOfTheFirstCountsWhenTheSecondHasFoundNothing() {
        first.completeExceptionally(trouble);
        second.complete(null);
        assertThat(both).isCompletedExceptionally();
        assertThat(both.handle((value, failure) -> failure)).isCompletedWithValue(trouble);
    }

    @Test
    void aFailureOfTheSecondDoesNotWaitAndEndsTheFirst() {
        second.completeExceptionally(reason);
        assertThat(both).isCompletedExceptionally();
        assertThat(both.handle((value, failure) -> failure)).isCompletedWithValue(reason);
        assertThat(first).isCancelled();
    }

    @Test
    void itsEndEndsBoth() {
        both.cancel(true);
        assertThat(first).isCancelled();
        assertThat(second).isCancelled();
    }
}
