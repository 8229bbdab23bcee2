package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs note of their requests before and after they send, and go by after a restart. */
class LedgerInRunsTest {

    private static final String NOT_KEPT = "Jenkins could not note on its disk what it was about to send.";

    @AutoClose
    private final RunFixture world = new RunFixture();

    private TestRun again(TestRun before) {
        return world.trial().owner(before.owner()).resume(before.stored());
    }

    /** No power, and no controller any more. */
    private void crash() {
        world.disk.losePower(rest -> 0);
        world.restart();
    }

    @Test
    void nothingIsSentThatIsNotNoted() {
        Queue<Runnable> writes = new ConcurrentLinkedQueue<>();
        world.writer = writes::add;
        TestRun trial = world.trial().start();
        RunFixture.until(() -> !writes.isEmpty());
        world.timing.awaitWait();
        assertThat(world.posts()).isZero();
        // That it has entered, and that it sends.
        for (int i = 0; i < 2; i++) {
            RunFixture.until(() -> !writes.isEmpty());
            assertThat(world.posts()).isZero();
            writes.remove().run();
        }
        RunFixture.until(() -> world.posts() == 1);
        crash();
        assertThat(world.ledger.unclaimedRequests().leftBy()).containsExactly(trial.owner());
    }

    @Test
    void whereTheDiskIsFullNothingIsSent() {
        world.disk.room(0);
        TestRun trial = world.trial().retryLimit(Duration.ZERO).start();
        world.timing.awaitWaits(2);
        world.timing.advance(Duration.ofMinutes(1).minusMillis(1));
        assertThat(trial.ended()).isFalse();
        world.timing.advance(Duration.ofMillis(1));
        world.passUntilEnded(trial);
        MetaKraftwerkException failure = trial.failure();
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(failure).hasMessageContaining(NOT_KEPT).hasMessageEndingWith("Nothing was deployed.");
        assertThat(world.posts()).isZero();
        world.disk.room(Long.MAX_VALUE);
        TestClients.get(world.journal.flush());
        crash();
        assertThat(world.ledger.unclaimedRequests().leftBy())
                .as("nobody waits for it")
                .isEmpty();
    }

    @Test
    void whereThereIsRoomAgainInTimeItIsSent() {
        world.disk.room(0);
        TestRun trial = world.trial().start();
        world.timing.awaitWaits(2);
        // As long as its calls are tried again.
        world.timing.advance(TestRun.RETRY_LIMIT.minusMillis(1));
        assertThat(trial.ended()).isFalse();
        world.disk.room(Long.MAX_VALUE);
        TestClients.get(world.journal.flush());
        trial.isDone(Origin.CREATED, 1);
    }

    @Test
    void aRefusalIsNotedBeforeThePauseAfterIt() {
        Queue<Runnable> writes = new ConcurrentLinkedQueue<>();
        world.fault(Fault.error(429, "Later"));
        TestRun trial = world.trial()
                .refused(() -> {
                    world.writer = writes::add;
                    return Optional.empty();
                })
                .start();
        RunFixture.until(() -> !writes.isEmpty());
        world.timing.awaitWait();
        assertThat(trial.text()).doesNotContain("Later");
        RunFixture.doAll(writes);
        RunFixture.until(() -> trial.text().contains("Later"));
        crash();
        assertThat(world.ledger.unclaimedRequests().leftBy()).isEmpty();
    }

    @Test
    void aRefusalThatCannotBeNotedHoldsUpNobodyForLong() {
        world.fault(Fault.error(429, "Later"));
        TestRun trial = world.trial()
                .refused(() -> {
                    world.writer = task -> {};
                    return Optional.empty();
                })
                .start();
        RunFixture.until(() -> world.posts() == 1);
        assertThat(world.timing.pass()).isEqualTo(Duration.ofSeconds(5));
        RunFixture.until(() -> trial.text().contains("Later"));
    }

    /** As after a crash between the note and the state, or where that could not be kept. */
    @Test
    void whoGoesOnWithoutHavingSentIsWaitedForByNobody() {
        TestRun crashed = world.storing(new CompletableFuture<>());
        RunFixture.until(() -> !world.flights().isEmpty());
        crash();
        assertThat(world.ledger.unclaimedRequests().leftBy()).containsExactly(crashed.owner());
        int looks = world.looks();
        Hold look = world.server.hold("GET", BUILD_DEPLOYMENTS);
        TestRun again = world.trial().owner(crashed.owner()).resume(States.planned());
        world.server.awaitRequest("GET", BUILD_DEPLOYMENTS, looks + 1, TestClients.LIMIT);
        assertThat(world.flights()).isEmpty();
        look.release();
        again.isDone(Origin.CREATED, 1);
        world.restart();
        assertThat(world.ledger.unclaimedRequests().leftBy()).isEmpty();
    }

    /** Two runs that wait for what became of their requests, the first of which was carried out, when Jenkins dies. */
    private List<TestRun> twoOfOneRecord() {
        world.server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        TestRun first = world.carriedOut();
        world.server.fault("GET", BUILD_DEPLOYMENTS, 1, Fault.status(200, "application/json", "[]"));
        world.fault(Fault.dropBefore());
        TestRun second = world.trial().start();
        world.timing.awaitWait();
        assertThat(second.stored().baseline()).isZero();
        world.restart();
        return List.of(first, second);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofTwoThatGoOnTheOneTakesTheRecordThatHasSentFirst(boolean inThatOrder) {
        List<TestRun> two = twoOfOneRecord();
        TestRun early = again(two.get(inThatOrder ? 0 : 1));
        // Its own, and the one for those that do not go on.
        world.timing.awaitWaits(2);
        for (int look = 0; look < 12; look++) {
            world.timing.pass();
            world.timing.awaitWaits(2);
        }
        assertThat(early.ended())
                .as("also beyond the window, since the record may be that of the other")
                .isFalse();
        TestRun late = again(two.get(inThatOrder ? 1 : 0));
        world.passUntilEnded(early, late);
        TestRun first = inThatOrder ? early : late;
        first.isDone(Origin.ADOPTED, 1);
        (inThatOrder ? late : early).isUnknown();
        assertThat(world.posts()).isEqualTo(2);
    }

    /** Nobody knows whose it is, and the one that looks for it is there. */
    @Test
    void whatDoesNotGoOnIsGivenUpAndLeavesItsRecord() {
        List<TestRun> two = twoOfOneRecord();
        Duration before = world.timing.uptime();
        TestRun secondAgain = again(two.get(1));
        world.passUntilEnded(secondAgain);
        secondAgain.isDone(Origin.ADOPTED, 1);
        assertThat(world.timing.uptime().minus(before)).isBetween(Ledger.GOES_ON, Ledger.GOES_ON.plusSeconds(5));
        assertThat(world.attempts.forKey(world.key(), secondAgain.owner()))
                .extracting(UnknownAttempt::owner)
                .containsExactly(two.get(0).owner());
    }

    /** A run that has waited for its turn, or its build, before a restart knows what others left unknown meanwhile. */
    @Test
    void whatEndedUnknownWhileItWaitedIsKnownAfterARestart() {
        world.server.setBuild(5139, "BUILDING", 50, null);
        TestRun waiting = world.trial().skipIfDeployed().startWaiting();
        world.timing.awaitWait();
        world.attempts.note(world.key(), null, new RunIdentity("first", "build 1", "app #1"), 0);
        crash();
        world.server.setBuild(5139, "FINISHED", 100, null);
        TestRun again = world.trial().owner(waiting.owner()).skipIfDeployed().resume(waiting.stored());
        world.passUntilEnded(again);
        assertThat(again.isUnknown()).contains("an attempt of app #1");
        assertThat(world.posts()).isZero();
        TestRun after = world.trial().skipIfDeployed().start();
        after.isDone(Origin.CREATED, 1);
        assertThat(after.text()).contains("started after it");
    }
}
