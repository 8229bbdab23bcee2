package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import io.jenkins.plugins.metakraftwerk.deploy.TurnQueue.Turn;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order in which runs go, also across a restart. */
class TurnQueueTest {

    private static final RequestKey KEY = new RequestKey("https://a", 5139, "P", null, "D", null);

    /** It may create a record that looks alike. */
    private static final RequestKey ALIKE = new RequestKey("https://a", 5139, null, 11L, "D", null);

    private static final RequestKey OTHER = new RequestKey("https://a", 5140, "P", null, "D", null);
    private static final Path FILE = Path.of("ledger");

    private final VirtualTiming timing = new VirtualTiming();
    private final MemoryDisk disk = new MemoryDisk();
    private Ledger ledger;

    @BeforeEach
    void restart() {
        timing.forget();
        ledger = new Ledger(timing, new Journal(new JournalFile(disk, FILE), Runnable::run, timing, 100));
    }

    private Turn enter(String run) {
        return ledger.turns().enter(KEY, run);
    }

    private UnknownAttempt attempt(String run) {
        RunIdentity who = new RunIdentity(run, "build of " + run, "app #1");
        return UnknownAttempt.of(KEY, null, who, 0, timing.now());
    }

    /** A run that has its turn and sends in it. */
    private Turn sending(String run) {
        Turn turn = enter(run);
        assertThat(turn.waits()).isFalse();
        ledger.flights().takeOff(attempt(run));
        return turn;
    }

    /** It goes on, as after a restart. */
    private Turn resume(String run) {
        ledger.flights().goOn(attempt(run));
        return ledger.turns().resume(KEY, run);
    }

    @Test
    void oneAfterAnother() {
        Turn first = enter("first");
        Turn second = ledger.turns().enter(ALIKE, "second");
        Turn third = enter("third");
        assertThat(first.came()).isCompleted();
        assertThat(second.waits()).isTrue();
        second.leave();
        first.leave();
        first.leave();
        assertThat(third.waits()).as("who was before it has left").isFalse();
        assertThat(ledger.turns().enter(OTHER, "other").waits()).isFalse();
    }

    @Test
    void aRunHasOnePlace() {
        Turn first = enter("first");
        assertThat(enter("first")).isSameAs(first);
        assertThat(ledger.turns().resume(KEY, "first")).isSameAs(first);
    }

    @Test
    void whoWasSendingHoldsTheOthersUp() {
        sending("first");
        enter("second");
        restart();
        Turn second = enter("second");
        Turn third = enter("third");
        assertThat(second.waits()).isTrue();
        assertThat(third.waits()).isTrue();
        assertThat(ledger.turns().enter(OTHER, "other").waits()).isFalse();
        Turn first = resume("first");
        assertThat(first.waits()).isFalse();
        assertThat(second.waits()).isTrue();
        first.leave();
        assertThat(second.waits()).isFalse();
        assertThat(third.waits()).isTrue();
    }

    @Test
    void whoWasSendingAndDoesNotGoOnHoldsThemUpForAWhile() {
        sending("first");
        restart();
        Turn second = enter("second");
        timing.advance(Ledger.GOES_ON.minusMillis(1));
        assertThat(second.waits()).isTrue();
        timing.advance(Ledger.GOES_ON);
        assertThat(second.waits()).isFalse();
        assertThat(ledger.attempts().of(KEY, "")).hasSize(1);
    }

    @Test
    void whoHasLandedHoldsNobodyUp() {
        sending("first");
        ledger.flights().land("first");
        restart();
        assertThat(enter("second").waits()).isFalse();
        assertThat(enter("first").waits()).isTrue();
    }

    @Test
    void thoseWhoWaitedKeepTheirOrder() {
        sending("first");
        enter("second");
        enter("third");
        enter("fourth");
        restart();
        Turn fourth = enter("fourth");
        Turn fifth = enter("fifth");
        Turn second = enter("second");
        Turn third = enter("third");
        resume("first").leave();
        assertThat(second.waits()).isFalse();
        second.leave();
        assertThat(third.waits()).isFalse();
        third.leave();
        assertThat(fourth.waits()).isFalse();
        assertThat(fifth.waits()).isTrue();
        fourth.leave();
        assertThat(fifth.waits()).isFalse();
    }

    @Test
    void whoeverHasTheTurnKeepsIt() {
        enter("first");
        enter("second");
        enter("third");
        restart();
        Turn third = enter("third");
        assertThat(third.waits()).as("nobody else has gone on").isFalse();
        Turn fourth = enter("fourth");
        Turn second = enter("second");
        Turn first = enter("first");
        assertThat(first.waits()).as("also where it had it before").isTrue();
        third.leave();
        assertThat(first.waits()).isFalse();
        first.leave();
        assertThat(second.waits()).isFalse();
        second.leave();
        assertThat(fourth.waits()).isFalse();
    }

    @Test
    void whoMayHaveSentUnnotedComesFirst() {
        enter("first");
        enter("second");
        restart();
        Turn second = enter("second");
        Turn first = ledger.turns().resume(KEY, "first");
        assertThat(first.waits()).isFalse();
        Turn third = enter("third");
        second.leave();
        assertThat(third.waits()).as("since one that was resumed is before it").isTrue();
        first.leave();
        assertThat(third.waits()).isFalse();
    }

    @Test
    void whoHasLeftHasNoPlace() {
        enter("first").leave();
        restart();
        Turn second = enter("second");
        Turn third = enter("third");
        Turn first = enter("first");
        second.leave();
        assertThat(third.waits()).isFalse();
        assertThat(first.waits()).isTrue();
    }

    @Test
    void aPlaceLastsForManyRestarts() {
        sending("first");
        enter("second");
        restart();
        enter("third");
        restart();
        Turn third = enter("third");
        Turn second = enter("second");
        resume("first").leave();
        assertThat(second.waits()).isFalse();
        assertThat(third.waits()).isTrue();
    }

    @Test
    void whoWaitsKeepsItsPlaceWhereTheFileCanBeReadOnlyLater() {
        sending("first");
        enter("second");
        disk.fail(MemoryDisk.Op.READ);
        restart();
        Turn third = enter("third");
        Turn fourth = enter("fourth");
        disk.fail();
        timing.advance(Duration.ofSeconds(10));
        ledger.look();
        assertThat(third.waits()).isFalse();
        third.leave();
        assertThat(fourth.waits()).as("until it is known what became of the first").isTrue();
        Turn second = enter("second");
        resume("first").leave();
        assertThat(second.waits()).isFalse();
        assertThat(fourth.waits()).isTrue();
    }
}
