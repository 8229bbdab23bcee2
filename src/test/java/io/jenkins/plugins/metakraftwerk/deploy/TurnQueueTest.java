package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.deploy.LedgerFixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.deploy.TurnQueue.Turn;
import io.jenkins.plugins.metakraftwerk.store.MemoryDisk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The order in which runs go, also across a restart. */
class TurnQueueTest {

    /** It may create a record that looks alike. */
    private static final RequestKey ALIKE = new RequestKey("https://a", 5139, null, 11L, "D", null);

    private static final RequestKey OTHER = LedgerFixture.key(5140);

    private final LedgerFixture world = new LedgerFixture();

    private Turn enter(String run) {
        return world.ledger().turns().enter(KEY, run);
    }

    /** A run that has its turn and sends in it. */
    private Turn sending(String run) {
        Turn turn = enter(run);
        assertThat(turn.waits()).isFalse();
        world.takeOff(run);
        return turn;
    }

    /** It goes on, as after a restart. */
    private Turn resume(String run) {
        world.flights().goOn(world.attempt(KEY, run));
        return world.ledger().turns().resume(KEY, run);
    }

    @Test
    void oneAfterAnother() {
        Turn first = enter("first");
        Turn second = world.ledger().turns().enter(ALIKE, "second");
        Turn third = enter("third");
        assertThat(first.came().isGiven()).isTrue();
        assertThat(second.waits()).isTrue();
        second.leave();
        first.leave();
        first.leave();
        assertThat(third.waits()).as("who was before it has left").isFalse();
        assertThat(world.ledger().turns().enter(OTHER, "other").waits()).isFalse();
    }

    @Test
    void aRunHasOnePlace() {
        Turn first = enter("first");
        assertThat(enter("first")).isSameAs(first);
        assertThat(world.ledger().turns().resume(KEY, "first")).isSameAs(first);
    }

    @Test
    void whoWasSendingHoldsTheOthersUp() {
        sending("first");
        enter("second");
        world.restart();
        Turn second = enter("second");
        Turn third = enter("third");
        assertThat(second.waits()).isTrue();
        assertThat(third.waits()).isTrue();
        assertThat(world.ledger().turns().enter(OTHER, "other").waits()).isFalse();
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
        world.restart();
        Turn second = enter("second");
        world.timing.advance(Ledger.GOES_ON.minusMillis(1));
        assertThat(second.waits()).isTrue();
        world.timing.advance(Ledger.GOES_ON);
        assertThat(second.waits()).isFalse();
        assertThat(world.ledger().attempts().forKey(KEY, "")).hasSize(1);
    }

    @Test
    void whoHasLandedHoldsNobodyUp() {
        sending("first");
        world.ledger().unclaimedRequests().land("first");
        world.restart();
        assertThat(enter("second").waits()).isFalse();
        assertThat(enter("first").waits()).isTrue();
    }

    @Test
    void thoseWhoWaitedKeepTheirOrder() {
        sending("first");
        enter("second");
        enter("third");
        enter("fourth");
        world.restart();
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
        world.restart();
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
        world.restart();
        Turn second = enter("second");
        Turn first = world.ledger().turns().resume(KEY, "first");
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
        world.restart();
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
        world.restart();
        enter("third");
        world.restart();
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
        world.disk.fail(MemoryDisk.Op.READ);
        world.restart();
        Turn third = enter("third");
        Turn fourth = enter("fourth");
        world.disk.fail();
        world.timing.advance(Duration.ofSeconds(10));
        world.ledger().look();
        assertThat(third.waits()).isFalse();
        third.leave();
        assertThat(fourth.waits())
                .as("until it is known what became of the first")
                .isTrue();
        Turn second = enter("second");
        resume("first").leave();
        assertThat(second.waits()).isFalse();
        assertThat(fourth.waits()).isTrue();
    }
}
