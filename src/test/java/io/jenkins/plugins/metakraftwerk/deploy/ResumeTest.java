package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run goes on from where its stored state says it was, and never sends what may have been sent. */
class ResumeTest {

    @AutoClose
    private final RunFixture world = new RunFixture();

    @Test
    void plannedSends() {
        world.record();
        TestRun trial = world.trial().startFrom(States.reread(States.planned()));
        assertThat(trial.id()).isEqualTo(2);
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void sendingFindsTheRecordAboveTheBaseline() {
        world.record();
        world.record();
        TestRun trial = world.trial().startFrom(States.reread(States.sending(1)));
        assertThat(trial.id()).isEqualTo(2);
        assertThat(trial.result().origin()).isEqualTo(Origin.ADOPTED);
        assertThat(world.posts()).isZero();
        assertThat(trial.log).first().asString().contains("Resumed after a restart of Jenkins");
        assertThat(trial.stored().phase()).isEqualTo(Phase.DONE);
    }

    /** As where it skipped, which a crash undid, and somebody has deployed another build before it went on. */
    @Test
    void whatItTookBeforeItSentIsNotItsRecord() {
        var taken = new BuildDeployment(world.record(), 5139L, 11L, 21L, null, null, null);
        TestRun trial = world.trial();
        world.claims.own(world.key(), taken, trial.owner(), world.timing.uptime());
        world.record();
        trial.startFrom(States.reread(States.sending(1)));
        trial.isDone(Origin.ADOPTED, 2);
    }

    @Test
    void sendingWithoutARecordIsNeverSent() {
        world.timing.automatic();
        world.record();
        MetaKraftwerkException failure =
                world.trial().startFrom(States.reread(States.sending(1))).failure();
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure.status()).isEmpty();
        assertThat(failure)
                .hasMessageContaining(
                        "Outcome unknown: No record of the deployment of build 5139 showed up within 30 s.")
                .hasMessageContaining("Check whether build 5139 was deployed");
        assertThat(world.posts()).isZero();
        assertThat(world.looks()).isGreaterThan(5);
    }

    @Test
    void sendingIgnoresSkipIfDeployed() {
        world.timing.automatic();
        world.record();
        var trial = world.trial().skipIfDeployed().startFrom(States.sending(1));
        assertThat(trial.failure().effect()).isEqualTo(Effect.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(Origin.class)
    void doneAnswersAtOnce(Origin origin) {
        TestRun trial = world.trial().startFrom(States.reread(States.done(origin, 7)));
        assertThat(trial.id()).isEqualTo(7);
        assertThat(trial.result().origin()).isEqualTo(origin);
        assertThat(trial.log)
                .as("where a crash may have come before it was said")
                .hasSize(1);
        assertThat(world.server.requests()).isEmpty();
    }

    @Test
    void aWaitGoesOnWithTheTimeThatIsLeft() {
        world.server.setBuild(5139, "BUILDING", 40, null);
        DeploymentState waiting = DeploymentState.initial(true, Duration.ofMinutes(10), world.timing.now());
        world.timing.advance(Duration.ofMinutes(9));
        TestRun trial = world.trial().startFrom(States.reread(waiting));
        world.timing.awaitWait();
        world.timing.advance(Duration.ofSeconds(61));
        assertThat(trial.failure()).hasMessageContaining("was not finished in time");
        assertThat(world.posts()).isZero();
    }

    @Test
    void aWaitThatIsOverSends() {
        DeploymentState waiting = DeploymentState.initial(true, Duration.ofMinutes(10), world.timing.now());
        world.timing.advance(Duration.ofHours(9));
        assertThat(world.trial().startFrom(States.reread(waiting)).id()).isEqualTo(1);
    }

    @Test
    void aCrashDuringARetryPlansAnew() {
        world.fault(Fault.error(503, "Later"));
        TestRun crashed = world.trial().start();
        world.timing.awaitWait();
        world.restart();
        TestRun resumed = world.trial().startFrom(States.reread(crashed.stored()));
        assertThat(resumed.id()).isEqualTo(1);
        assertThat(world.posts()).isEqualTo(2);
        assertThat(world.server.deployments()).hasSize(1);
    }

    @Test
    void twoResumedRunsDoNotShareARecord() {
        world.timing.automatic();
        world.record();
        TestRun first = world.trial().startFrom(States.sending(0));
        first.outcome();
        TestRun second = world.trial().startFrom(States.sending(0));
        assertThat(first.id()).isEqualTo(1);
        assertThat(second.failure().effect()).isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void aRunThatWasDoneKeepsItsRecordAfterARestart() {
        world.timing.automatic();
        world.record();
        world.trial().startFrom(States.done(Origin.CREATED, 1)).result();
        assertThat(world.trial().startFrom(States.sending(0)).failure().effect())
                .isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void aRunThatSkippedKeepsNoRecord() {
        world.record();
        world.trial().startFrom(States.done(Origin.SKIPPED, 1)).result();
        assertThat(world.trial().startFrom(States.sending(0)).id()).isEqualTo(1);
    }

    @Test
    void theSameRunMayFindItsRecordAgain() {
        world.record();
        String owner = "run 7, step 3";
        assertThat(world.trial().owner(owner).startFrom(States.sending(0)).id()).isEqualTo(1);
        assertThat(world.trial().owner(owner).startFrom(States.sending(0)).id()).isEqualTo(1);
    }
}
