package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a person may say what became of an attempt, and what follows for the others. */
class ManualSettlementTest {

    private final LedgerFixture world = new LedgerFixture();

    private ManualSettlement settlement(String run) {
        AttemptRecord unknown = Attempts.ended(
                run,
                "a",
                LedgerFixture.KEY.server(),
                "P",
                null,
                "D",
                null,
                5139L,
                null,
                null,
                null,
                null,
                "UNKNOWN",
                "Lost",
                null,
                null,
                1,
                "job of " + run,
                3,
                "job of " + run + " #3",
                null,
                false);
        return new ManualSettlement(
                new RunCoordination(world.timing, Runnable::run, Runnable::run, new RunThreads(), world.ledger()),
                unknown);
    }

    /** It is sent above record 7. */
    private void lose(String run) {
        world.takeOff(run);
        world.ledger().attempts().note(world.attempt(LedgerFixture.KEY, run));
        world.flights().land(run);
    }

    private static BuildDeployment record(long id) {
        return new BuildDeployment(id, 5139L, 11L, 21L, null, null, null);
    }

    private boolean mayBeClaimedByAnother(long id) {
        return world.ledger().claims().claim(LedgerFixture.KEY, record(id), "another", world.timing.uptime());
    }

    private static void assertRefused(Optional<Text> answer, String key) {
        assertThat(answer.map(Text::key)).contains(key);
    }

    @Test
    void whatIsNotThereKeepsNobodyFromSending() {
        lose("run");
        assertThat(world.unknown()).containsExactly("run");
        assertThat(settlement("run").isNotThere()).isEmpty();
        assertThat(world.unknown()).isEmpty();
        world.restart();
        assertThat(world.unknown()).isEmpty();
        assertThat(settlement("run").isKept()).isTrue();
    }

    @Test
    void whatIsThereIsItsOwnAlsoAfterARestart() {
        lose("run");
        assertThat(settlement("run").isThere(8)).isEmpty();
        world.restart();
        assertThat(world.unknown()).isEmpty();
        assertThat(mayBeClaimedByAnother(8)).isFalse();
        assertThat(mayBeClaimedByAnother(9)).isTrue();
    }

    @Test
    void theRecordOfAnotherCannotBeSaidToBeItsOwn() {
        lose("run");
        mayBeClaimedByAnother(8);
        assertRefused(settlement("run").isThere(8), "word.ofAnother");
        assertThat(world.unknown()).containsExactly("run");
    }

    @Test
    void norOneThatMayBeOfAnotherThatIsNotOver() {
        lose("run");
        world.takeOff("other");
        assertRefused(settlement("run").isThere(8), "word.perhapsOfAnother");
        assertThat(mayBeClaimedByAnother(8)).isTrue();
        world.flights().land("other");
        assertThat(settlement("run").isThere(9)).isEmpty();
    }

    @Test
    void whatWasThereBeforeIsNotItsOwn() {
        lose("run");
        assertRefused(settlement("run").isThere(7), "word.fromBefore");
        assertThat(world.unknown()).containsExactly("run");
        assertThat(mayBeClaimedByAnother(7)).isTrue();
    }

    @Test
    void nothingIsSaidWhileItMayStillBeFoundOut() {
        world.takeOff("run");
        world.ledger().attempts().note(world.attempt(LedgerFixture.KEY, "run"));
        assertRefused(settlement("run").isNotThere(), "word.onItsWay");
        assertRefused(settlement("run").isThere(8), "word.onItsWay");
        assertThat(mayBeClaimedByAnother(8)).isTrue();
        world.flights().land("run");
        assertThat(settlement("run").isNotThere()).isEmpty();
    }

    @Test
    void whatNobodyRemembersAnyMoreCanBeSaid() {
        assertThat(settlement("run").isThere(3)).isEmpty();
        assertThat(mayBeClaimedByAnother(3)).isFalse();
    }
}
