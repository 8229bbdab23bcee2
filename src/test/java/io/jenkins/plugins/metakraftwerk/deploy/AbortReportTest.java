package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.AUTHENTICATION;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What an aborted run says whose request may be on its way. */
class AbortReportTest {

    private static final String NOTHING = "Aborted. No deployment was created: nothing had been sent.";
    private static final String CREATED = "Aborted, but build deployment 1 was created. It is not recalled.";
    private static final String PERHAPS =
            "Aborted. Build deployment 1 was created, perhaps by this run. Whether it is its own could"
                    + " not be noted in time. Check whether build 5139 was deployed (CORE_DV_HLS → DEPLOY_TO_DEV) on Production"
                    + " before you deploy again.";
    private static final String REFUSED =
            "Aborted. No deployment was created: the request had been sent, and the server had refused it.";
    private static final String UNKNOWN =
            "Aborted while the request was on its way. Whether a deployment was created is"
                    + " not known. Check whether build 5139 was deployed (CORE_DV_HLS → DEPLOY_TO_DEV) on Production before you deploy again.";

    private static final Fault OTHER_RECORD =
            Fault.status(201, "application/json", "{\"id\":7,\"build_id\":9,\"pattern_id\":11,\"deployment_id\":21}");

    @AutoClose
    private final RunFixture world = new RunFixture();

    @Test
    void whileItWaitsForALogIn() {
        world.server.tokenLife(Duration.ofMinutes(1));
        MetaKraftwerkClient client = TestClients.loggingIn(world.server);
        Hold[] hold = new Hold[1];
        TestRun trial = world.trial().client(client).store(state -> {
            world.server.expireTokens();
            hold[0] = world.server.hold("POST", AUTHENTICATION);
            return CompletableFuture.completedFuture(null);
        });
        trial.start();
        world.server.awaitRequest("POST", AUTHENTICATION, 2, TestClients.LIMIT);
        assertThat(world.posts()).as("refused with 401").isEqualTo(1);
        var report = trial.abortLater();
        hold[0].release();
        assertThat(TestRun.said(report)).isEqualTo(NOTHING);
        RunFixture.until(trial::cancelled);
        assertThat(world.posts()).isEqualTo(1);
        assertThat(world.server.deployments()).isEmpty();
    }

    @Test
    void whileTheRequestIsOnItsWay() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS);
        TestRun trial = world.sent();
        assertThat(trial.abortInVain()).isEqualTo(UNKNOWN);
        world.isOver(trial, 1);
        hold.release();
        world.server.awaitDeployments(1, TestClients.LIMIT);
        assertThat(trial.awaitLate().record().id())
                .as("shown although it came late")
                .isEqualTo(1);
    }

    @Test
    void aRefusalThatComesLateLeavesNothingToAskFor() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS, Fault.error(403, "No"));
        TestRun trial = world.trial().inBuild("41").start();
        world.server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        assertThat(trial.abortInVain()).isEqualTo(UNKNOWN);
        assertThat(world.attempts.forKey(world.key(), "")).hasSize(1);
        hold.release();
        RunFixture.until(() -> world.attempts.forKey(world.key(), "").isEmpty());
        world.trial().inBuild("41").start().isDone(Origin.CREATED, 1);
    }

    @Test
    void itsSearchIsOverWhenTheReportIsThere() {
        world.server.hold("POST", BUILD_DEPLOYMENTS);
        TestRun trial = world.sent();
        var report = trial.abortLater();
        world.timing.awaitWaits(2);
        world.timing.advance(Duration.ofMillis(600));
        TestClients.get(report);
        RunFixture.until(world.timing::idle);
    }

    @Test
    void aLookThatIsOnItsWayIsLetGo() {
        world.server.hold("POST", BUILD_DEPLOYMENTS);
        TestRun trial = world.sent();
        Hold look = world.server.hold("GET", BUILD_DEPLOYMENTS);
        var report = trial.abortLater();
        world.server.awaitRequest("GET", BUILD_DEPLOYMENTS, 2, TestClients.LIMIT);
        assertThat(world.timing.pass()).isEqualTo(Duration.ofMillis(450));
        assertThat(TestRun.said(report)).isEqualTo(UNKNOWN);
        look.release();
        world.isOver(trial, 1);
        assertThat(world.looks()).isEqualTo(2);
    }

    @Test
    void afterTheWorkAndBeforeTheAnswer() {
        world.server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        TestRun trial = world.carriedOut();
        assertThat(trial.abort()).isEqualTo(CREATED);
        world.isOver(trial, 1);
    }

    /** Starts a run of which all is written like this from when it sends. */
    private TestRun writing(Executor writer) {
        return world.trial()
                .refused(() -> {
                    world.writer = writer;
                    return Optional.empty();
                })
                .start();
    }

    @Test
    void aRecordIsNamedWhenItsClaimWouldSurviveACrash() {
        Queue<Runnable> writes = new ConcurrentLinkedQueue<>();
        world.server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        TestRun trial = writing(writes::add);
        world.server.awaitDeployments(1, TestClients.LIMIT);
        var report = trial.abortLater();
        RunFixture.until(() -> !writes.isEmpty());
        assertThat(report).isNotDone();
        writes.remove().run();
        assertThat(TestRun.said(report)).isEqualTo(CREATED);
    }

    /** After a crash, another run could take it for its own. */
    @Test
    void aRecordIsPerhapsItsOwnWhereThatCannotBeKept() {
        Queue<Runnable> writes = new ConcurrentLinkedQueue<>();
        world.server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        TestRun trial = writing(writes::add);
        world.server.awaitDeployments(1, TestClients.LIMIT);
        var report = trial.abortLater();
        // The end of its wait for the claim.
        RunFixture.until(() -> world.timing.seconds().contains(0.6));
        world.timing.advance(Duration.ofMillis(599));
        assertThat(report).isNotDone();
        world.timing.advance(Duration.ofMillis(1));
        AbortOutcome left = TestClients.get(report);
        assertThat(left.text()).hasToString(PERHAPS);
        assertThat(left.outcomeUnknown()).isTrue();
        assertThat(left.result()).isEmpty();
        assertThat(world.attempts.forKey(world.key(), "")).as("remembered").hasSize(1);
        RunFixture.doAll(writes);
        assertThat(trial.awaitLate().record().id()).as("told when it is kept").isEqualTo(1);
        assertThat(world.attempts.forKey(world.key(), "")).isEmpty();
    }

    /** Not even where it has ended already. */
    @Test
    void aRecordIsPerhapsItsOwnWhereItsClaimHangs() {
        Queue<Runnable> writes = new ConcurrentLinkedQueue<>();
        world.writer = writes::add;
        TestRun trial = world.trial().startFrom(States.done(Origin.CREATED, 1));
        assertThat(trial.ended()).isFalse();
        var report = trial.abortLater();
        world.timing.advance(Duration.ofMillis(600));
        assertThat(TestRun.said(report)).isEqualTo(PERHAPS);
    }

    @Test
    void thatNobodyKnowsIsSaidWhenItWouldSurviveACrash() {
        Queue<Runnable> writes = new ConcurrentLinkedQueue<>();
        world.server.hold("POST", BUILD_DEPLOYMENTS);
        TestRun trial = writing(writes::add);
        world.server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        var report = trial.abortLater();
        world.timing.awaitWaits(2);
        world.timing.advance(Duration.ofMillis(599));
        assertThat(report).isNotDone();
        RunFixture.until(() -> {
            RunFixture.doAll(writes);
            return report.isDone();
        });
        assertThat(TestRun.said(report)).isEqualTo(UNKNOWN);
        assertThat(world.attemptsAfterACrash()).hasSize(1);
    }

    @Test
    void thatNobodyKnowsIsSaidInTimeAlsoWhereItCannotBeNoted() {
        world.server.hold("POST", BUILD_DEPLOYMENTS);
        TestRun trial = writing(task -> {});
        world.server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        var report = trial.abortLater();
        world.timing.awaitWaits(2);
        world.timing.advance(Duration.ofMillis(600));
        assertThat(TestRun.said(report)).isEqualTo(UNKNOWN);
    }

    /** As an answer that no run aborts. */
    @Test
    void anAnswerWithAnotherRecordIsNotItsOwn() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS, OTHER_RECORD);
        TestRun trial = world.trial().inBuild("41").start();
        world.server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        world.lag();
        var report = trial.abortLater();
        hold.release();
        AbortOutcome left = TestClients.get(report);
        assertThat(left.text().toString())
                .startsWith("Outcome unknown: the server answered with record 7 of build 9, which is not what was");
        assertThat(left.outcomeUnknown()).isTrue();
        assertThat(left.result()).isEmpty();
        world.trial().inBuild("41").start().isUnknown();
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void aLateAnswerWithAnotherRecordIsNotItsOwn() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS, OTHER_RECORD);
        TestRun trial = world.trial().inBuild("41").start();
        world.server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        assertThat(trial.abortInVain()).isEqualTo(UNKNOWN);
        hold.release();
        RunFixture.until(() -> world.flights().isEmpty());
        assertThat(world.claims.recent(world.timing.uptime())).as("claimed").isEmpty();
        world.trial().inBuild("41").start().isUnknown();
        assertThat(trial.isToldLate()).isFalse();
    }

    @Test
    void shortlyBeforeTheAnswer() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS);
        TestRun trial = world.sent();
        var report = trial.abortLater();
        hold.release();
        assertThat(TestRun.said(report)).isEqualTo(CREATED);
        world.isOver(trial, 1);
    }

    @Test
    void shortlyBeforeTheRefusal() {
        Hold hold = world.server.holdAnswer("POST", BUILD_DEPLOYMENTS, Fault.error(403, "No"));
        TestRun trial = world.sent();
        var report = trial.abortLater();
        hold.release();
        assertThat(TestRun.said(report)).isEqualTo(REFUSED);
        world.isOver(trial, 1);
    }

    @Test
    void whileItLooksForItsRecord() {
        world.fault(Fault.dropBefore());
        TestRun trial = world.trial().start();
        world.timing.awaitWait();
        assertThat(trial.abortInVain()).isEqualTo(UNKNOWN);
        world.isOver(trial, 1);
    }

    @Test
    void whenItsRecordHasJustShownUp() {
        world.fault(Fault.dropBefore());
        TestRun trial = world.trial().start();
        world.timing.awaitWait();
        world.record();
        assertThat(trial.abort()).isEqualTo(CREATED);
        world.isOver(trial, 1);
    }

    @Test
    void afterARestart() {
        TestRun without = world.trial().startFrom(States.sending(0));
        world.timing.awaitWait();
        assertThat(without.abortInVain()).isEqualTo(UNKNOWN);
        world.isOver(without, 0);
        TestRun with = world.trial().startFrom(States.sending(0));
        world.timing.awaitWait();
        world.record();
        assertThat(with.abort()).isEqualTo(CREATED);
        world.isOver(with, 0);
    }

    @Test
    void theRecordOfAnotherRunIsNotReported() {
        Hold first = world.server.hold("POST", BUILD_DEPLOYMENTS);
        TestRun aborted = world.sent();
        Hold second = world.server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        TestRun other = world.carriedOut();
        assertThat(aborted.abortInVain()).isEqualTo(UNKNOWN);
        second.release();
        assertThat(other.id()).isEqualTo(1);
        first.release();
    }

    @Test
    void theRecordOfAnAbortedRunIsNotTakenByAnother() {
        CompletableFuture<Void> letSend = new CompletableFuture<>();
        TestRun other = world.storing(letSend);
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS);
        TestRun aborted = world.sent();
        assertThat(aborted.abortInVain()).isEqualTo(UNKNOWN);
        world.fault(Fault.dropBefore());
        letSend.complete(null);
        world.timing.awaitWait();
        hold.release();
        world.server.awaitDeployments(1, TestClients.LIMIT);
        world.passUntilEnded(other);
        other.isUnknown();
    }
}
