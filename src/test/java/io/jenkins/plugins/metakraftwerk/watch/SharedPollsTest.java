package io.jenkins.plugins.metakraftwerk.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.OwnedVirtualThreads;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who shares a look, and when nobody is asked. */
class SharedPollsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(12);

    private final VirtualTiming timing = new VirtualTiming();
    private final OwnedVirtualThreads threads = OwnedVirtualThreads.begin();
    private final SharedPolls<String> looks = new SharedPolls<>(() -> timing, key -> key.substring(0, 1));
    private final List<CompletableFuture<PolledBuilds>> asked = new ArrayList<>();

    @AfterEach
    void close() {
        threads.close();
    }

    private PolledBuilds ask() throws MetaKraftwerkException, InterruptedException {
        CompletableFuture<PolledBuilds> answer = new CompletableFuture<>();
        asked.add(answer);
        return VirtualThreadWaits.await(answer);
    }

    /** Waits on a virtual thread, as far as that comes now. */
    private CompletableFuture<SharedPolls.Poll> line(ReadRetries.ReadCall<SharedPolls.Poll> look) {
        var line = VirtualThreads.begin(Runnable::run, look::read);
        threads.run();
        return line;
    }

    /** By somebody who has had none. */
    private CompletableFuture<SharedPolls.Poll> look(Duration interval) {
        return shared(Optional.empty(), interval);
    }

    private CompletableFuture<SharedPolls.Poll> shared(Optional<Duration> had, Duration interval) {
        return line(looks.shared("a1", had, interval, LONGEST, this::ask));
    }

    private CompletableFuture<SharedPolls.Poll> own() {
        return line(looks.own("a1", this::ask));
    }

    private void answer() {
        answer(asked.size() - 1, polled(0));
    }

    private void answer(int which, PolledBuilds look) {
        asked.get(which).complete(look);
        threads.run();
    }

    private void fails(int which, Throwable failure) {
        asked.get(which).completeExceptionally(failure);
        threads.run();
    }

    private void advance(Duration span) {
        timing.advance(span);
        threads.run();
    }

    @Test
    void whoIsDueTakesTheLookThatIsOnItsWay() {
        var one = look(MINUTE);
        var other = look(MINUTE);
        other.cancel(true);
        assertThat(asked).hasSize(1);
        answer();
        assertThat(one).isCompleted();
    }

    @Test
    void theLastOneDoesWhileItIsYoungerThanTheIntervalLessAMinute() {
        look(MINUTE);
        answer();
        advance(Duration.ofSeconds(239));
        assertThat(look(Duration.ofMinutes(5))).isCompleted();
        assertThat(asked).hasSize(1);
        look(Duration.ofMinutes(4));
        assertThat(asked).hasSize(2);
    }

    /** Who begins off the minutes of its schedule is due soon after its first look. */
    @Test
    void whatSomebodyHasHadTellsNothingNew() {
        var first = own();
        answer();
        advance(Duration.ofSeconds(10));
        assertThat(look(Duration.ofMinutes(5))).isCompleted();
        var next = shared(Optional.of(first.join().began()), Duration.ofMinutes(5));
        assertThat(next).isNotDone();
        assertThat(asked).hasSize(2);
        answer();
        assertThat(next).isCompleted();
    }

    @Test
    void aLookOfItsOwnAlwaysAsks() {
        look(MINUTE);
        own();
        assertThat(asked).hasSize(2);
        answer();
        own();
        assertThat(asked).hasSize(3);
    }

    /** Jenkins spreads them over the five minutes. */
    @Test
    void twoHundredJobsAskAtMostOnceAMinute() {
        Duration[] had = new Duration[200];
        for (int minute = 0; minute < 60; minute++) {
            int before = asked.size();
            for (int job = 0; job < 40; job++) {
                int which = minute % 5 * 40 + job;
                var look = shared(Optional.ofNullable(had[which]), Duration.ofMinutes(5));
                answer();
                had[which] = look.join().began();
                advance(Duration.ofMillis(100));
            }
            assertThat(asked.size() - before).isLessThanOrEqualTo(1);
            advance(Duration.ofSeconds(56));
        }
        assertThat(asked).hasSizeBetween(10, 20);
    }

    @Test
    void pausesGrowUntilTheyAreAnHour() {
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            own();
            fails(i, MetaKraftwerkException.refusedLocally(Text.forKey("filter.any")));
            Duration pause = looks.pause("a1").orElseThrow();
            pauses.add(pause.toMinutes());
            advance(pause);
            assertThat(looks.pause("a1")).isEmpty();
        }
        assertThat(pauses).containsExactly(2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        look(MINUTE);
        answer();
        own();
        fails(9, new IllegalStateException());
        assertThat(looks.pause("a1")).isEmpty();
    }

    static Stream<Throwable> faults() {
        return Stream.of(
                new OutOfMemoryError(),
                new NoClassDefFoundError("x"),
                new StackOverflowError(),
                new IllegalStateException());
    }

    /** Else all who share it would wait for it for ever. */
    @ParameterizedTest
    @MethodSource("faults")
    void anErrorWhileAskingEndsTheLookAndNothingElse(Throwable fault) {
        var one = line(looks.shared("a1", Optional.empty(), MINUTE, LONGEST, () -> fail(fault)));
        assertThat(one).isCompletedExceptionally();
        assertThat(cause(one)).isSameAs(fault);
        assertThat(looks.pause("a1")).isEmpty();
        var next = look(MINUTE);
        answer();
        assertThat(next).isCompleted();
    }

    private static Throwable cause(CompletableFuture<?> failed) {
        return Futures.cause(failed.handle((value, failure) -> failure).join());
    }

    private static <T> T fail(Throwable fault) {
        if (fault instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) fault;
    }

    @ParameterizedTest
    @MethodSource("faults")
    void anErrorInTheAnswerEndsItForAllWhoShareIt(Throwable fault) {
        var one = look(MINUTE);
        var other = look(MINUTE);
        fails(0, fault);
        assertThat(one).isCompletedExceptionally();
        assertThat(other).isCompletedExceptionally();
        var next = look(MINUTE);
        answer();
        assertThat(next).isCompleted();
    }

    /** As where an Error hits what would have ended it. */
    @Test
    void aLookThatNeverEndsIsWaitedForNoMoreAfterItsTime() {
        look(MINUTE);
        advance(LONGEST.minusSeconds(1));
        look(MINUTE);
        assertThat(asked).hasSize(1);
        advance(Duration.ofSeconds(1));
        var next = look(MINUTE);
        assertThat(asked).hasSize(2);
        answer();
        assertThat(next).isCompleted();
    }

    /** An Error while the account of a key is told stands for one at any moment after the answer. */
    @Test
    void anErrorAfterTheAnswerEndsTheLookToo() {
        SharedPolls<String> broken = new SharedPolls<>(() -> timing, key -> fail(new OutOfMemoryError()));
        var one = line(broken.shared("a1", Optional.empty(), MINUTE, LONGEST, this::ask));
        answer();
        assertThat(one).isCompletedExceptionally();
        line(broken.shared("a1", Optional.of(timing.uptime()), MINUTE, LONGEST, this::ask));
        assertThat(asked).hasSize(2);
    }

    private static PolledBuilds polled(int builds) {
        return IntStream.rangeClosed(1, builds)
                .mapToObj(id -> new Build(
                        (long) id, 3L, 100.0, "FINISHED", null, "B", false, null, 5L, null, null, null, null, null))
                .collect(PolledBuilds.collector());
    }

    private CompletableFuture<SharedPolls.Poll> look(String key) {
        return line(looks.shared(key, Optional.empty(), Duration.ofDays(1), LONGEST, this::ask));
    }

    /** Also where nobody asks any more. */
    @Test
    void whatWasSeenIsForgottenAfterAnHour() {
        look("a1");
        answer(0, polled(10));
        advance(Duration.ofMinutes(59));
        assertThat(look("a1")).isCompleted();
        look("a2");
        answer(1, polled(5));
        assertThat(looks.builds()).isEqualTo(15);
        advance(Duration.ofMinutes(1));
        assertThat(looks.builds()).isEqualTo(5);
        advance(SharedPolls.KEPT);
        assertThat(looks.builds()).isZero();
        look("a1");
        assertThat(asked).hasSize(3);
        answer(2, polled(1));
        advance(SharedPolls.KEPT);
        assertThat(looks.builds()).isZero();
    }

    @Test
    void onlySoManyBuildsAreRemembered() {
        for (int i = 1; i <= 7; i++) {
            if (i == 6) {
                assertThat(look("a1")).as("the one that is asked for stays").isCompleted();
            }
            look("a" + i);
            answer(i - 1, polled(PolledBuilds.MOST));
            assertThat(looks.builds()).isEqualTo(Math.min(SharedPolls.MOST_BUILDS, i * PolledBuilds.MOST));
        }
        assertThat(look("a1")).isCompleted();
        assertThat(look("a2")).isNotDone();
    }

    @Test
    void aLookCountsAlsoWhereTheTimerHasStopped() {
        timing.stop();
        var look = look(MINUTE);
        answer();
        assertThat(look).isCompleted();
        assertThat(look.isCompletedExceptionally()).isFalse();
    }
}
