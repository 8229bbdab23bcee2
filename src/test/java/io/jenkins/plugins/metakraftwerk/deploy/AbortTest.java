package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is aborted sends nothing more, and says whether it has deployed. */
class AbortTest {

    private static final String NOTHING = "Aborted. No deployment was created: nothing had been sent.";
    private static final String REFUSED =
            "Aborted. No deployment was created: the request had been sent, and the server had refused it.";
    private static final String CREATED = "Aborted, but build deployment 1 was created. It is not recalled.";

    @AutoClose
    private final RunFixture world = new RunFixture();

    @Test
    void whileItWaitsForTheBuild() {
        var waiting = DeploymentState.initial(true, Duration.ofHours(1), world.timing.now());
        TestRun trial = world.trial(TestClients.request(5140)).startFrom(waiting);
        world.timing.awaitWait();
        assertThat(trial.abort()).isEqualTo(NOTHING);
        world.isOver(trial, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileItLooks(boolean answered) {
        Hold hold = answered
                ? world.server.holdAnswer("GET", BUILD_DEPLOYMENTS)
                : world.server.hold("GET", BUILD_DEPLOYMENTS);
        TestRun trial = world.trial().start();
        world.server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        assertThat(trial.abort()).isEqualTo(NOTHING);
        hold.release();
        world.isOver(trial, 0);
        assertThat(trial.states).isEmpty();
    }

    @Test
    void whileItLooksUpAnAgent() throws Exception {
        world.server.fault("GET", "/api/v1/agents", 9, Fault.error(503, "Later"));
        var request = new DeploymentFields("5139")
                .pattern("CORE_DV_HLS", null)
                .deployment("DEPLOY_TO_DEV", null)
                .agent("dev-agent-1", null)
                .request();
        TestRun trial = world.trial(request).skipIfDeployed().start();
        world.timing.awaitWait();
        assertThat(trial.abort()).isEqualTo(NOTHING);
        world.isOver(trial, 0);
    }

    @Test
    void whileItsStateIsStored() {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        TestRun trial = world.storing(stored);
        assertThat(trial.abort()).isEqualTo(NOTHING);
        stored.complete(null);
        world.isOver(trial, 0);
    }

    @Test
    void whileItWaitsToTryAgain() {
        world.fault(Fault.error(429, "Later"));
        TestRun trial = world.trial().start();
        world.timing.awaitWait();
        assertThat(trial.abort()).isEqualTo(REFUSED);
        world.isOver(trial, 1);
    }

    @Test
    void whileItLooksAgainAfterARefusal() {
        world.fault(Fault.error(429, "Later"));
        TestRun trial = world.trial().start();
        world.timing.awaitWait();
        Hold hold = world.server.hold("GET", BUILD_DEPLOYMENTS);
        world.timing.pass();
        world.server.awaitRequest("GET", BUILD_DEPLOYMENTS, 2, TestClients.LIMIT);
        assertThat(trial.abort()).isEqualTo(REFUSED);
        hold.release();
        world.isOver(trial, 1);
    }

    @Test
    void whileItWaitsToTryAgainAfterARestart() {
        world.fault(Fault.error(429, "Later"));
        TestRun trial = world.trial().start();
        world.timing.awaitWait();
        DeploymentState left = States.reread(trial.stored());
        TestRun again = world.trial().way(() -> {
            throw MetaKraftwerkException.refusedLocally(Text.forKey("said", "Not yet"));
        });
        assertThat(again.resume(left).abort()).isEqualTo(REFUSED);
        assertThat(AbortOutcome.from(left, null).text()).hasToString(REFUSED);
        assertThat(trial.abort()).isEqualTo(REFUSED);
        world.isOver(trial, 1);
    }

    @ParameterizedTest
    @EnumSource(Origin.class)
    void whenItIsDone(Origin origin) {
        var record = new BuildDeployment(1L, 5139L, 11L, 21L, null, null, null);
        TestRun trial = world.trial().startFrom(States.done(new DeploymentResult(origin, record)));
        assertThat(trial.id()).isEqualTo(1);
        assertThat(trial.abort()).isEqualTo(origin == Origin.SKIPPED ? NOTHING : CREATED);
    }
}
