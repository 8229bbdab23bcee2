package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Waiting for a build before it is deployed. */
class BuildWaitTest {

    private static final String PATH = "/api/v1/builds/5140";

    @AutoClose
    private final RunFixture world = new RunFixture();

    private TestRun waitFor(long build) {
        var state = DeploymentState.initial(true, Duration.ofMinutes(10), world.timing.now());
        return world.trial(TestClients.request(build)).startFrom(state);
    }

    private static List<String> progress(TestRun trial) {
        return trial.log.stream().filter(line -> line.startsWith("Waiting")).toList();
    }

    @Test
    void aFinishedBuildIsDeployedAtOnce() {
        TestRun trial = waitFor(5139);
        assertThat(trial.id()).isEqualTo(1);
        assertThat(world.server.requests()).hasSize(3);
        assertThat(trial.states)
                .extracting(DeploymentState::phase)
                .containsExactly(Phase.PLANNED, Phase.SENDING, Phase.DONE);
        assertThat(progress(trial)).isEmpty();
        assertThat(world.timing.seconds()).isEmpty();
    }

    @Test
    void progressIsShownWhenItChanges() {
        TestRun trial = waitFor(5140);
        for (int look = 1; look <= 7; look++) {
            world.timing.awaitWait();
            if (look == 3) {
                world.server.setBuild(5140, "BUILDING", 85, null);
            } else if (look == 7) {
                world.server.setBuild(5140, "FINISHED", 100, null);
            }
            world.timing.pass();
        }
        world.timing.pass();
        assertThat(trial.id()).isEqualTo(1);
        assertThat(trial.log).contains("Build 5140 is not finished. Waiting for it, for 10 min at most.");
        assertThat(progress(trial))
                .containsExactly("Waiting for build 5140: BUILDING 40 %", "Waiting for build 5140: BUILDING 85 %");
        assertThat(world.timing.seconds()).containsExactly(1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0, 3.0);
        assertThat(world.server.requests("GET", PATH)).hasSize(8);
    }

    @Test
    void aLongWaitGivesSignsOfLifeAndSaysThatItIsOver() {
        TestRun trial = waitFor(5140);
        for (int look = 1; look <= 26; look++) {
            world.timing.awaitWait();
            if (look == 26) {
                world.server.setBuild(5140, "FINISHED", 100, null);
            }
            world.timing.pass();
        }
        world.timing.pass();
        assertThat(trial.id()).isEqualTo(1);
        assertThat(trial.log)
                .containsSubsequence(
                        "Build 5140 is not finished. Waiting for it, for 10 min at most.",
                        "Waiting for build 5140: BUILDING 40 %",
                        "Still waiting for build 5140: BUILDING 40 %, for 5 min more at most.",
                        "Build 5140 is finished.");
        assertThat(trial.log).filteredOn(line -> line.startsWith("Still")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "5141, Build 5141 is FAILED and cannot be deployed: Mapping M_1 is invalid",
        "5142, Build 5142 is CANCELED and cannot be deployed",
    })
    void aBuildThatEndedOtherwiseIsNotDeployed(long build, String message) {
        MetaKraftwerkException failure = waitFor(build).failure();
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining(message);
        assertThat(failure.getMessage()).doesNotEndWith(": ");
        assertThat(world.server.requests()).hasSize(1);
    }

    @Test
    void aBuildThatFailsInTheMeantime() {
        TestRun trial = waitFor(5140);
        world.timing.awaitWait();
        world.server.setBuild(5140, "FAILED", 41, "Out\u001b[31m of\nmemory " + "x".repeat(1000));
        world.timing.pass();
        assertThat(trial.failure())
                .hasMessageContaining("Out of memory xxx")
                .hasMessageEndingWith("x… Nothing was deployed.");
        assertThat(world.posts()).isZero();
    }

    @Test
    void anUnknownBuild() {
        assertThat(waitFor(4711).failure()).hasMessageContaining("No record found for id '4711'");
        assertThat(world.server.requests()).hasSize(1);
    }

    @Test
    void aBuildThatTakesTooLong() {
        world.timing.automatic();
        var began = world.timing.now();
        MetaKraftwerkException failure = waitFor(5140).failure();
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(failure)
                .hasMessageContaining("Build 5140 was not finished in time (BUILDING 40 %)")
                .hasMessageContaining("Nothing was deployed")
                .hasMessageContaining("waitMinutes");
        assertThat(Duration.between(began, world.timing.now()))
                .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
        assertThat(world.posts()).isZero();
    }

    @Test
    void aLookThatFailsForAWhileIsRepeated() {
        world.timing.automatic();
        world.server.fault("GET", "/api/v1/builds/5139", 3, Fault.status(502, "text/html", "<html>"));
        TestRun trial = waitFor(5139);
        assertThat(trial.id()).isEqualTo(1);
        assertThat(trial.log).anyMatch(line -> line.contains("answered 502") && line.contains("trying again"));
    }

    @Test
    void aStateThatNobodyKnowsIsWaitedFor() {
        TestRun trial = waitFor(5140);
        world.timing.awaitWait();
        world.server.setBuild(5140, "QUEUED\u202e", 0, null);
        world.timing.pass();
        world.timing.awaitWait();
        String bare = "{\"id\":5140}";
        world.server.fault("GET", PATH, 1, Fault.status(200, "application/json", bare));
        world.timing.pass();
        world.timing.awaitWait();
        world.server.setBuild(5140, "FINISHED", 100, null);
        world.timing.pass();
        world.timing.pass();
        assertThat(trial.id()).isEqualTo(1);
        assertThat(progress(trial)).contains("Waiting for build 5140: QUEUED 0 %");
    }
}
