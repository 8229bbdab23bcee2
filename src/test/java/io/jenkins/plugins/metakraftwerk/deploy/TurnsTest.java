package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Runs that send only where nothing was deployed go one after another, from their look to their landing. */
class TurnsTest {

    private static final String WAITING = "Another run is deploying this build";

    @AutoClose
    private final RunFixture world = new RunFixture();

    private TestRun start() {
        return world.trial().skipIfDeployed().start();
    }

    /** Starts a run whose request waits at the server. */
    private TestRun startFirst() {
        TestRun first = start();
        world.server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        return first;
    }

    @Test
    void ofTwoAtOnceOneDeploys() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS);
        TestRun first = startFirst();
        TestRun second = start();
        RunFixture.until(() -> second.text().contains(WAITING));
        hold.release();
        first.isDone(Origin.CREATED, 1);
        second.isDone(Origin.SKIPPED, 1);
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void whereNoTimerTakesTheNextPauseTheWaitEnds() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS);
        TestRun first = startFirst();
        TestRun second = start();
        world.timing.stop();
        world.timing.advance(Deadline.SILENCE);
        assertThat(second.failure()).hasMessageContaining("The deployment could not go on");
        world.timing.goOn();
        hold.release();
        first.isDone(Origin.CREATED, 1);
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void ofTwoAtOnceOneDeploysAlsoWhereTheListLags() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS);
        TestRun first = startFirst();
        TestRun second = start();
        world.lag();
        hold.release();
        first.isDone(Origin.CREATED, 1);
        second.isDone(Origin.SKIPPED, 1);
    }

    @Test
    void aListThatLagsForMinutesIsBelieved() {
        start().isDone(Origin.CREATED, 1);
        world.lag();
        world.timing.advance(Duration.ofMinutes(5));
        start().isDone(Origin.SKIPPED, 1);
        world.timing.advance(Duration.ofMillis(1));
        start().isDone(Origin.CREATED, 2);
    }

    @Test
    void whereTheFirstEndsUnknownTheSecondDoesSoWithoutSending() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS, Fault.dropBefore());
        TestRun first = startFirst();
        TestRun second = start();
        hold.release();
        world.passInTurnUntilEnded(first, second);
        first.isUnknown();
        assertThat(second.isUnknown()).contains("an attempt of app of build of " + first.owner());
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void whoHasEndedUnknownLikeTheFirstDoesNotSendInAFurtherAttemptEither() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS, Fault.dropBefore());
        TestRun first = startFirst();
        TestRun second = world.trial().skipIfDeployed().inBuild("41").start();
        hold.release();
        world.passInTurnUntilEnded(first, second);
        world.restart();
        TestRun again = world.trial().skipIfDeployed().inBuild("41").start();
        assertThat(again.isUnknown()).contains("an attempt of app of 41");
        assertThat(world.posts()).isEqualTo(1);
        world.record();
        TestRun third = world.trial().skipIfDeployed().inBuild("41").start();
        third.isDone(Origin.ADOPTED, 1);
        assertThat(third.found).containsExactly(first.owner() + ": ADOPTED 1");
        assertThat(world.attempts.forKey(world.key(), "")).as("settled").isEmpty();
    }

    @Test
    void whereTheRecordOfTheFirstShowsUpAfterAllTheSecondTellsAndSkips() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS, Fault.dropBefore());
        TestRun first = startFirst();
        TestRun second = start();
        world.beforeEachLook(() -> {
            if (first.ended()) {
                world.record();
            }
        });
        hold.release();
        world.passInTurnUntilEnded(first, second);
        first.isUnknown();
        second.isDone(Origin.SKIPPED, 1);
        assertThat(second.found).containsExactly(first.owner() + ": ADOPTED 1");
        assertThat(world.attempts.forKey(world.key(), "")).as("settled").isEmpty();
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void oneThatEndsUnknownRightBeforeItsPlaceIsTakenCountsAsWaitedFor() {
        RunIdentity first = new RunIdentity("first", "build 1", "app #1");
        TestRun trial = world.trial().skipIfDeployed().way(() -> world.attempts.note(world.key(), null, first, 0));
        assertThat(trial.start().isUnknown()).contains("an attempt of app #1");
        assertThat(world.posts()).isZero();
    }

    @Test
    void whatEndsUnknownWhileARunWaitsForItsBuildIsNotSentAgain() {
        world.server.setBuild(5139, "BUILDING", 50, null);
        TestRun second = world.trial().skipIfDeployed().startWaiting();
        world.timing.awaitWait();
        world.attempts.note(world.key(), null, new RunIdentity("first", "build 1", "app #1"), 0);
        world.server.setBuild(5139, "FINISHED", 100, null);
        world.passInTurnUntilEnded(second);
        assertThat(second.isUnknown()).contains("an attempt of app #1");
        assertThat(world.posts()).isZero();
    }

    @Test
    void whoLeavesTheQueueHoldsUpNobody() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS);
        TestRun first = startFirst();
        TestRun second = start();
        TestRun third = start();
        assertThat(second.abort()).contains("nothing had been sent");
        hold.release();
        first.isDone(Origin.CREATED, 1);
        third.isDone(Origin.SKIPPED, 1);
        world.isOver(second, 1);
    }

    @Test
    void whoIsAbortedInItsTurnLeavesItWhenItsReportIsThere() {
        world.server.hold("POST", BUILD_DEPLOYMENTS);
        TestRun first = startFirst();
        TestRun second = start();
        var report = first.abortLater();
        world.timing.awaitWaits(3);
        assertThat(world.looks())
                .as("of the first, before and after its request")
                .isEqualTo(2);
        world.timing.advance(Duration.ofMillis(600));
        assertThat(TestRun.said(report)).contains("not known");
        second.isUnknown();
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void itWaitsNoLongerThanItMay() {
        world.server.hold("POST", BUILD_DEPLOYMENTS);
        startFirst();
        TestRun second = start();
        world.timing.awaitWait();
        assertThat(second.log).last().asString().contains("until it has ended, for 10 min at most, since");
        world.timing.advance(Duration.ofMinutes(5));
        world.timing.awaitWait();
        assertThat(second.log).last().asString().startsWith("Still waiting").contains("for 5 min more at most");
        assertThat(world.timing.awaitWait()).isEqualTo(Duration.ofMinutes(5));
        world.timing.pass();
        assertThat(second.failure().effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(second.failure())
                .hasMessageContaining("Other runs that deploy this build have not ended in time")
                .hasMessageEndingWith("Nothing was deployed.");
    }

    @Test
    void whoGetsItsTurnWaitsForNothingElse() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS);
        startFirst();
        TestRun second = start();
        world.timing.awaitWait();
        hold.release();
        second.result();
        RunFixture.until(world.timing::idle);
    }

    @Test
    void thoseWhoWaitHoldNoThread() {
        Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        TurnQueue.Turn first = world.turns.enter(world.key(), "first");
        world.work = tasks::add;
        IntStream.range(0, 100).forEach(i -> start());
        RunFixture.until(() -> {
            RunFixture.doAll(tasks);
            return world.timing.waiting() == 100;
        });
        assertThat(world.server.requests()).isEmpty();
        first.leave();
        RunFixture.until(() -> !tasks.isEmpty());
        assertThat(tasks).as("one goes on").hasSize(1);
    }

    @Test
    void otherBuildsAndOtherPlansDoNotWait() {
        world.server.setBuild(5140, "FINISHED", 100, null);
        world.server.hold("POST", BUILD_DEPLOYMENTS);
        startFirst();
        world.trial(TestClients.request(5140)).skipIfDeployed().start().isDone(Origin.CREATED, 1);
        world.trial().start().isDone(Origin.CREATED, 2);
    }

    @Test
    void whoMayHaveSentBeforeARestartComesFirst() {
        TestRun resumed = world.trial().skipIfDeployed().startFrom(States.sending(0));
        TestRun second = start();
        world.timing.awaitWaits(2);
        assertThat(second.text()).contains(WAITING);
        world.record();
        world.timing.pass();
        resumed.isDone(Origin.ADOPTED, 1);
        second.isDone(Origin.SKIPPED, 1);
    }

    @Test
    void theQueueHasAnOrder() {
        TurnQueue.Turn first = world.turns.enter(world.key(), "first");
        TurnQueue.Turn second = world.turns.enter(world.key(), "second");
        TurnQueue.Turn resumed = world.turns.resume(world.key(), "resumed");
        assertThat(resumed.waits()).isFalse();
        first.leave();
        assertThat(second.waits()).as("since one that was resumed is before it").isTrue();
        resumed.leave();
        assertThat(second.waits()).isFalse();
    }
}
