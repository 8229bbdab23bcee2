package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Standing;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that goes on after a restart, and finds no server or no credential at first, or ever. */
class ResumeWithoutServerTest {

    /** How far it had come. */
    private enum Stored {
        WAITING(DeploymentState.initial(true, States.WAIT, CountedTiming.NOW)),
        PLANNED(States.planned()),
        DOUBTED(States.sending(1).plannedAnew(true, true)),
        SENDING(States.sending(1)),
        DONE(States.done(Origin.CREATED, 2));

        private final DeploymentState state;

        Stored(DeploymentState state) {
            this.state = state;
        }

        private boolean mayHaveSent() {
            return this == DOUBTED || this == SENDING;
        }
    }

    private static final String MISSING = "There is no such credential.";
    private static final String CHECK =
            "Check whether build 5139 was deployed (CORE_DV_HLS → DEPLOY_TO_DEV) on Production";

    @AutoClose
    private final RunFixture world = new RunFixture();

    private static MetaKraftwerkException missing() {
        return MetaKraftwerkException.missing(Text.forKey("said", MISSING));
    }

    private TestRun trial() {
        return world.trial().inBuild("41").retryLimit(Duration.ZERO);
    }

    /** Of a run that never finds its way. */
    private TestRun lost() {
        return trial().way(() -> {
            throw missing();
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatAStateSays(Stored from) {
        assertThat(States.reread(from.state).standing())
                .isEqualTo(
                        from.mayHaveSent()
                                ? Standing.MAY_HAVE_SENT
                                : from == Stored.DONE ? Standing.ENDED : Standing.NOTHING_SENT);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "DONE")
    void waitsForAMinuteAndThenTellsTheTruth(Stored from) {
        world.timing.automatic();
        TestRun run = lost().resume(from.state);
        MetaKraftwerkException failure = run.failure();
        assertThat(world.timing.uptime()).isEqualTo(Duration.ofMinutes(1));
        assertThat(run.log)
                .containsExactly(
                        MISSING + " After a restart of Jenkins this may come late: waiting for it, for 60 s at most.");
        String gaveUp = MISSING + " Gave up after trying for 60 s. ";
        if (from.mayHaveSent()) {
            assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
            assertThat(failure).hasMessageStartingWith("Outcome unknown: " + gaveUp + CHECK);
        } else {
            assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
            assertThat(failure).hasMessage(gaveUp + "Nothing was sent.");
        }
        assertThat(world.attemptsAfterACrash()).hasSize(from.mayHaveSent() ? 1 : 0);
        assertThat(world.server.requests()).isEmpty();
    }

    /** A 'retry' of the step that could not go on. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "DONE")
    void theNextAttemptOfTheBuildSendsOnlyWhereNothingWasSent(Stored from) {
        world.timing.automatic();
        lost().resume(from.state).failure();
        TestRun next = trial().start();
        if (from.mayHaveSent()) {
            assertThat(next.isUnknown()).contains("an attempt of app of 41 ended unknown");
        } else {
            next.isDone(Origin.CREATED, 1);
        }
        assertThat(world.posts()).isEqualTo(from.mayHaveSent() ? 0 : 1);
    }

    @Test
    void waitsAsLongAsItTriesAgain() {
        world.timing.automatic();
        lost().retryLimit(Duration.ofMinutes(20)).resume(States.sending(0)).isUnknown();
        assertThat(world.timing.uptime()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void saysOfALongWaitThatItLasts() {
        world.timing.automatic();
        TestRun run = lost().retryLimit(Duration.ofMinutes(20)).resume(States.planned());
        run.failure();
        assertThat(run.log).hasSizeBetween(3, 5).allMatch(line -> line.startsWith(MISSING));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "DONE")
    void goesOnWhenItComesInTheLastMoment(Stored from) {
        world.timing.automatic();
        world.record();
        if (from.mayHaveSent()) {
            world.record();
        }
        TestRun run = trial().way(() -> {
            if (world.timing.uptime().compareTo(Duration.ofMinutes(1)) < 0) {
                throw missing();
            }
        });
        run.resume(from.state).isDone(from.mayHaveSent() ? Origin.ADOPTED : Origin.CREATED, 2);
        assertThat(world.posts()).isEqualTo(from.mayHaveSent() ? 0 : 1);
    }

    @Test
    void whatHasEndedNeedsNoServer() {
        TestRun run = lost().resume(Stored.DONE.state);
        run.isDone(Origin.CREATED, 2);
        assertThat(run.log).singleElement().asString().contains("Build deployment 2 was created");
        assertThat(world.timing.seconds()).isEmpty();
        assertThat(world.server.requests()).isEmpty();
    }

    @Test
    void aFreshRunDoesNotWait() {
        TestRun run = lost().retryLimit(Duration.ofMinutes(20)).start();
        assertThat(run.failure()).hasMessage(MISSING + " Nothing was sent.");
        assertThat(run.failure().effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(world.timing.seconds()).isEmpty();
        assertThat(run.log).isEmpty();
    }

    @Test
    void whatIsRefusedForGoodIsNotWaitedFor() {
        TestRun run = trial().way(() -> {
            throw MetaKraftwerkException.refusedLocally(Text.forKey("said", "It is frozen."));
        });
        assertThat(run.resume(States.planned()).failure()).hasMessage("It is frozen. Nothing was sent.");
        assertThat(world.timing.seconds()).isEmpty();
    }

    /** As a store of credentials that is not ready yet. */
    @Test
    void whoBreaksIsWaitedFor() {
        world.timing.automatic();
        TestRun run = trial().way(() -> {
            if (world.timing.uptime().isZero()) {
                throw new IllegalStateException("Not ready");
            }
        });
        run.resume(States.planned()).isDone(Origin.CREATED, 1);
        assertThat(run.text())
                .contains("could not go on (IllegalStateException): see the Jenkins log. After a restart");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "DONE")
    void anErrorEndsItAtOnce(Stored from) {
        TestRun run = trial().way(() -> {
            throw new NoClassDefFoundError("broken");
        });
        MetaKraftwerkException failure = run.resume(from.state).failure();
        assertThat(failure).hasMessageContaining("could not go on (NoClassDefFoundError)");
        assertThat(failure.effect()).isEqualTo(from.mayHaveSent() ? Effect.UNKNOWN : Effect.NOT_SENT);
        assertThat(world.attemptsAfterACrash()).hasSize(from.mayHaveSent() ? 1 : 0);
    }

    /** Those that wait for a run that may have sent must not overtake it while it looks for its server. */
    @ParameterizedTest
    @EnumSource(names = {"DOUBTED", "SENDING"})
    void keepsItsTurnWhileItWaits(Stored from) {
        TestRun first = lost().skipIfDeployed().resume(from.state);
        world.timing.awaitWait();
        TestRun second = trial().inBuild("42").skipIfDeployed().start();
        RunFixture.until(() -> second.text().contains("Another run is deploying this build"));
        world.passUntilEnded(first, second);
        first.isUnknown();
        second.isUnknown();
        assertThat(world.posts()).isZero();
    }

    /** What an abort says of each state while it waits for its server, or before anything has begun. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAbortTellsTheTruthToo(boolean begun) {
        for (Stored from : Stored.values()) {
            TestRun run = begun && from != Stored.DONE ? lost().resume(from.state) : lost().stopped(from.state);
            int before = world.attemptsAfterACrash().size();
            String said = run.abort();
            if (from == Stored.DONE) {
                assertThat(said).isEqualTo("Aborted, but build deployment 2 was created. It is not recalled.");
            } else if (from.mayHaveSent()) {
                assertThat(said).contains("Whether a deployment was created is not known. " + CHECK);
            } else {
                assertThat(said).isEqualTo("Aborted. No deployment was created: nothing had been sent.");
            }
            assertThat(said).isEqualTo(run.saidFrom(from.state));
            assertThat(world.attemptsAfterACrash()).hasSize(before + (from.mayHaveSent() ? 1 : 0));
            RunFixture.until(world.timing::idle);
        }
    }
}
