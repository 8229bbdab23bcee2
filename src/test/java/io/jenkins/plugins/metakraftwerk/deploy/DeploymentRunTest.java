package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.ReceivedRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A deployment without trouble, and one that is refused. */
class DeploymentRunTest {

    @AutoClose
    private final RunFixture world = new RunFixture();

    @Test
    void oneLookAndOneRequest() {
        DeploymentResult result = world.trial().start().result();
        assertThat(result.origin()).isEqualTo(Origin.CREATED);
        assertThat(result.created()).isTrue();
        assertThat(result.record()).isEqualTo(new BuildDeployment(1L, 5139L, 11L, 21L, 7001L, null, null));
        assertThat(world.server.requests())
                .extracting(ReceivedRequest::method, ReceivedRequest::path)
                .containsExactlyInAnyOrder(
                        tuple("GET", BUILD_DEPLOYMENTS),
                        tuple("GET", "/api/v1/builds/5139"),
                        tuple("POST", BUILD_DEPLOYMENTS))
                .endsWith(tuple("POST", BUILD_DEPLOYMENTS));
        assertThat(world.server.requests("GET", BUILD_DEPLOYMENTS).get(0).query())
                .isEqualTo(Map.of("build_id", "5139", "pattern", "CORE_DV_HLS", "deployment", "DEPLOY_TO_DEV"));
        assertThat(world.timing.seconds()).isEmpty();
    }

    @Test
    void itSaysWhatItDoes() throws Exception {
        DeploymentRequest request = new DeploymentFields("5139")
                .pattern("CORE_DV_HLS", null)
                .deployment(null, "21")
                .agentGroup("DEV_AGENTS", null)
                .request();
        TestRun trial = world.trial(request).start();
        trial.result();
        assertThat(trial.log)
                .containsExactly(
                        "Deploying build 5139: pattern CORE_DV_HLS, deployment #21, agent group DEV_AGENTS, on"
                                + " Production.",
                        "Build deployment 1 was created on Production: build 5139, CORE_DV_HLS → #21.");
    }

    @Test
    void eachStateIsStoredBeforeItIsActedOn() {
        world.record();
        world.server.addBuildDeployment(5140, 11, 21, null, null);
        TestRun trial = world.trial();
        trial.store(state -> {
            assertThat(world.posts()).isEqualTo(state.phase() == Phase.DONE ? 1 : 0);
            return CompletableFuture.completedFuture(null);
        });
        assertThat(trial.start().id()).isEqualTo(3);
        assertThat(trial.states).extracting(DeploymentState::phase).containsExactly(Phase.SENDING, Phase.DONE);
        assertThat(trial.states.get(0).baseline())
                .as("the highest id of the same deployment")
                .isEqualTo(1);
        assertThat(trial.stored().result().record().id()).isEqualTo(3);
    }

    @Test
    void nothingIsSentBeforeTheStateIsStored() {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        TestRun trial = world.storing(stored);
        for (int later = 0; later < 5; later++) {
            TestClients.get(world.client::patterns);
        }
        assertThat(world.posts()).isZero();
        assertThat(trial.ended()).isFalse();
        stored.complete(null);
        assertThat(trial.id()).isEqualTo(1);
    }

    @Test
    void nothingIsSentIfTheStateCannotBeStored() {
        TestRun failing =
                world.trial().store(state -> CompletableFuture.failedFuture(new IllegalStateException("disk")));
        TestRun throwing = world.trial().store(state -> {
            throw new IllegalStateException("disk");
        });
        for (TestRun trial : new TestRun[] {failing, throwing}) {
            MetaKraftwerkException failure = trial.start().failure();
            assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
            assertThat(failure).hasMessageContaining("could not go on (IllegalStateException)");
        }
        assertThat(world.posts()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDeploymentThatWasCreatedIsNotLostBecauseItCannotBeStored(boolean throwing) {
        TestRun trial = world.trial().store(state -> {
            if (state.phase() != Phase.DONE) {
                return CompletableFuture.completedFuture(null);
            }
            if (throwing) {
                throw new IllegalStateException("disk");
            }
            return CompletableFuture.failedFuture(new IllegalStateException("disk"));
        });
        assertThat(trial.start().id()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Origin.class)
    void aLogThatBreaksDoesNotMakeARunHang(Origin origin) {
        if (origin == Origin.SKIPPED) {
            world.record();
        } else if (origin == Origin.ADOPTED) {
            world.fault(Fault.dropAfter());
        }
        world.timing.automatic();
        TestRun trial = world.trial().skipIfDeployed().listener(text -> {
            if (!text.key().equals("run.begin")) {
                throw new IllegalStateException("The log is closed");
            }
        });
        assertThat(trial.start().id()).isEqualTo(1);
    }

    @Test
    void aRefusalIsTheEnd() {
        TestRun trial = world.trial(TestClients.request(4711)).start();
        MetaKraftwerkException failure = trial.failure();
        assertThat(failure.effect()).isEqualTo(Effect.REFUSED);
        assertThat(failure).hasMessageContaining("Build not found");
        assertThat(world.posts()).isEqualTo(1);
        assertThat(trial.states).hasSize(1);
        assertThat(world.timing.seconds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 405, 422})
    void noRefusalIsRepeated(int status) {
        world.fault(Fault.error(status, "No"));
        assertThat(world.trial().start().failure().status()).hasValue(status);
        assertThat(world.posts()).isEqualTo(1);
        assertThat(world.looks()).isEqualTo(1);
    }

    @Test
    void aFailedLookIsTheEndBeforeAnythingIsSent() {
        world.server.fault("GET", BUILD_DEPLOYMENTS, 1, Fault.error(403, "No"));
        assertThat(world.trial().start().failure().status()).hasValue(403);
        assertThat(world.posts()).isZero();
    }

    @Test
    void anAnswerAboutAnotherDeploymentIsNotTakenForThisOne() throws Exception {
        String other = "{\"id\":9,\"build_id\":5140,\"pattern_id\":11,\"deployment_id\":21}";
        world.fault(Fault.statusAfter(201, "application/json", other));
        MetaKraftwerkException failure = world.trial().start().failure();
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure)
                .hasMessageContaining("Outcome unknown")
                .hasMessageContaining("record 9 of build 5140")
                .hasMessageContaining(
                        "Check whether build 5139 was deployed (CORE_DV_HLS → DEPLOY_TO_DEV) on Production");
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void twoRunsOneAfterTheOtherDeployTwice() {
        assertThat(world.trial().start().id()).isEqualTo(1);
        assertThat(world.trial().start().id()).isEqualTo(2);
        assertThat(world.server.deployments()).hasSize(2);
    }
}
