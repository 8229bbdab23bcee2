package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Standing;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a newer version has stored is read all the same, and nothing is done that it might have done. */
class NewerStateTest {

    @AutoClose
    private final RunFixture world = new RunFixture();

    private static DeploymentState newer() {
        return States.reread(States.planned(), "PLANNED", "LANDING");
    }

    @Test
    void aStateThatIsNotKnownMayHaveSent() {
        assertThat(newer().phase()).isEqualTo(Phase.NEWER);
        assertThat(newer().standing()).isEqualTo(Standing.MAY_HAVE_SENT);
        assertThat(newer()).hasToString("LANDING");
    }

    @Test
    void aRunDoesNotGoOnFromIt() {
        TestRun run = world.trial().inBuild("41").resume(newer());
        assertThat(run.isUnknown())
                .startsWith("Outcome unknown: A newer version of this plugin has begun this step (state LANDING)")
                .contains("Check whether build 5139 was deployed");
        assertThat(world.server.requests()).isEmpty();
        assertThat(world.attemptsAfterACrash()).hasSize(1);
    }

    /** Nobody knows what was there before its request. */
    @Test
    void noRecordIsTakenForIts() {
        world.record();
        world.trial().inBuild("41").resume(newer()).isUnknown();
        world.trial().inBuild("41").start().isUnknown();
        assertThat(world.posts()).isZero();
        world.trial().inBuild("42").start().isDone(Origin.CREATED, 2);
    }

    @Test
    void anAbortDoesNotKnowEither() {
        TestRun run = world.trial().stopped(newer());
        assertThat(run.abort()).contains("Whether a deployment was created is not known");
        assertThat(world.attemptsAfterACrash()).hasSize(1);
    }

    @Test
    void aResultOfAnotherOriginIsAResult() {
        DeploymentState done = States.reread(States.done(Origin.CREATED, 7), "CREATED", "COUNTED");
        assertThat(done.result().origin()).isEqualTo(Origin.ADOPTED);
        assertThat(done.result().originName()).isEqualTo("COUNTED");
        TestRun run = world.trial().resume(done);
        assertThat(run.id()).isEqualTo(7);
        assertThat(run.result().created()).isTrue();
    }
}
