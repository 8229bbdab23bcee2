package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.AUTHENTICATION;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Clients;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is aborted sends nothing more, and says whether it has deployed. */
class AbortTest {

    private static final String NOTHING = "Aborted. No deployment was created: nothing had been sent.";
    private static final String CREATED = "Aborted, but build deployment 1 was created. It is not recalled.";
    private static final String REFUSED =
            "Aborted. No deployment was created: the server had not accepted the request.";
    private static final String UNKNOWN =
            "Aborted while the request was on its way. Whether a deployment was created is"
                    + " not known: check build 5139 (CORE_DV_HLS → DEPLOY_TO_DEV) on Production.";

    private final World world = new World();

    @AfterEach
    void stop() {
        world.close();
    }

    /** Fails if the aborted run goes on: lets all waits pass and a later call overtake whatever it might send. */
    private void isOver(Trial trial, int posts) {
        assertThat(trial.cancelled()).isTrue();
        int requests = world.server.requests().size();
        world.timing.automatic();
        world.timing.advance(Duration.ofDays(1));
        Clients.get(world.client.patterns(null));
        assertThat(world.server.requests()).hasSize(requests + 1);
        assertThat(world.posts()).isEqualTo(posts);
    }

    @Test
    void whileItWaitsForTheBuild() {
        var waiting = DeploymentState.initial(true, Duration.ofHours(1), world.timing.now());
        Trial trial = world.trial(Clients.request(5140)).startFrom(waiting);
        world.timing.awaitWait();
        assertThat(trial.abort()).isEqualTo(NOTHING);
        isOver(trial, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileItLooks(boolean answered) {
        Hold hold = answered
                ? world.server.holdAnswer("GET", BUILD_DEPLOYMENTS)
                : world.server.hold("GET", BUILD_DEPLOYMENTS);
        Trial trial = world.trial().start();
        world.server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, Clients.LIMIT);
        assertThat(trial.abort()).isEqualTo(NOTHING);
        hold.release();
        isOver(trial, 0);
        assertThat(trial.states).isEmpty();
    }

    @Test
    void whileItLooksUpAnAgent() throws Exception {
        world.server.fault("GET", "/api/v1/agents", 9, Fault.error(503, "Later"));
        var request = DeploymentRequest.of("5139")
                .pattern("CORE_DV_HLS", null)
                .deployment("DEPLOY_TO_DEV", null)
                .agent("dev-agent-1", null)
                .build();
        Trial trial = world.trial(request).skipIfDeployed().start();
        world.timing.awaitWait();
        assertThat(trial.abort()).isEqualTo(NOTHING);
        isOver(trial, 0);
    }

    @Test
    void whileItsStateIsStored() {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        Trial trial = world.trial().store(state -> {
            asked.complete(null);
            return stored;
        });
        trial.start();
        Clients.get(asked);
        assertThat(trial.abort()).isEqualTo(NOTHING);
        stored.complete(null);
        isOver(trial, 0);
    }

    @Test
    void whileItWaitsToTryAgain() {
        world.fault(Fault.error(429, "Later"));
        Trial trial = world.trial().start();
        world.timing.awaitWait();
        assertThat(trial.abort()).isEqualTo(NOTHING);
        isOver(trial, 1);
    }

    @Test
    void whileItWaitsForALogIn() {
        world.server.tokenLife(Duration.ofMinutes(1));
        MetaKraftwerkClient client = Clients.loggingIn(world.server);
        Hold[] hold = new Hold[1];
        Trial trial = world.trial().client(client).store(state -> {
            world.server.expireTokens();
            hold[0] = world.server.hold("POST", AUTHENTICATION);
            return CompletableFuture.completedFuture(null);
        });
        trial.start();
        world.server.awaitRequest("POST", AUTHENTICATION, 2, Clients.LIMIT);
        assertThat(world.posts()).as("refused with 401").isEqualTo(1);
        var report = trial.abortLater();
        hold[0].release();
        assertThat(Clients.get(report)).hasToString(NOTHING);
        assertThat(trial.cancelled()).isTrue();
        assertThat(world.posts()).isEqualTo(1);
        assertThat(world.server.deployments()).isEmpty();
    }

    @Test
    void whileTheRequestIsOnItsWay() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS);
        Trial trial = world.trial().start();
        world.server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, Clients.LIMIT);
        long began = System.nanoTime();
        assertThat(trial.abort()).isEqualTo(UNKNOWN);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(900));
        isOver(trial, 1);
        hold.release();
        world.server.awaitDeployments(1, Clients.LIMIT);
    }

    @Test
    void afterTheWorkAndBeforeTheAnswer() {
        world.server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        Trial trial = world.trial().start();
        world.server.awaitDeployments(1, Clients.LIMIT);
        assertThat(trial.abort()).isEqualTo(CREATED);
        isOver(trial, 1);
    }

    @Test
    void shortlyBeforeTheAnswer() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS);
        Trial trial = world.trial().start();
        world.server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, Clients.LIMIT);
        var report = trial.abortLater();
        hold.release();
        assertThat(Clients.get(report)).hasToString(CREATED);
        isOver(trial, 1);
    }

    @Test
    void shortlyBeforeTheRefusal() {
        Hold hold = world.server.holdAnswer("POST", BUILD_DEPLOYMENTS, Fault.error(403, "No"));
        Trial trial = world.trial().start();
        world.server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, Clients.LIMIT);
        var report = trial.abortLater();
        hold.release();
        assertThat(Clients.get(report)).hasToString(REFUSED);
        isOver(trial, 1);
    }

    @Test
    void whileItLooksForItsRecord() {
        world.fault(Fault.dropBefore());
        Trial trial = world.trial().start();
        world.timing.awaitWait();
        assertThat(trial.abort()).isEqualTo(UNKNOWN);
        isOver(trial, 1);
    }

    @Test
    void whenItsRecordHasJustShownUp() {
        world.fault(Fault.dropBefore());
        Trial trial = world.trial().start();
        world.timing.awaitWait();
        world.record();
        assertThat(trial.abort()).isEqualTo(CREATED);
        isOver(trial, 1);
    }

    @Test
    void afterARestart() {
        Trial without = world.trial().startFrom(DeploymentState.sending(0));
        world.timing.awaitWait();
        assertThat(without.abort()).isEqualTo(UNKNOWN);
        Trial with = world.trial().startFrom(DeploymentState.sending(0));
        world.timing.awaitWait();
        world.record();
        assertThat(with.abort()).isEqualTo(CREATED);
        isOver(with, 0);
    }

    @ParameterizedTest
    @EnumSource(Origin.class)
    void whenItIsDone(Origin origin) {
        var record = new BuildDeployment(1L, 5139L, 11L, 21L, null, null, null);
        Trial trial = world.trial().startFrom(DeploymentState.done(new DeploymentResult(origin, record)));
        assertThat(trial.abort()).isEqualTo(origin == Origin.SKIPPED ? NOTHING : CREATED);
        assertThat(trial.id()).isEqualTo(1);
    }

    @Test
    void theRecordOfAnotherRunIsNotReported() {
        Hold first = world.server.hold("POST", BUILD_DEPLOYMENTS);
        Trial aborted = world.trial().start();
        world.server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, Clients.LIMIT);
        Hold second = world.server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        Trial other = world.trial().start();
        world.server.awaitDeployments(1, Clients.LIMIT);
        assertThat(aborted.abort()).isEqualTo(UNKNOWN);
        second.release();
        assertThat(other.id()).isEqualTo(1);
        first.release();
    }

    @Test
    void theRecordOfAnAbortedRunIsNotTakenByAnother() {
        CompletableFuture<Void> letSend = new CompletableFuture<>();
        CompletableFuture<Void> looked = new CompletableFuture<>();
        Trial other = world.trial().store(state -> {
            looked.complete(null);
            return letSend;
        });
        other.start();
        Clients.get(looked);
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS);
        Trial aborted = world.trial().start();
        world.server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, Clients.LIMIT);
        assertThat(aborted.abort()).isEqualTo(UNKNOWN);
        world.fault(Fault.dropBefore());
        letSend.complete(null);
        world.timing.awaitWait();
        hold.release();
        world.server.awaitDeployments(1, Clients.LIMIT);
        world.timing.automatic();
        world.timing.advance(Duration.ofSeconds(5));
        assertThat(other.failure()).hasMessageContaining("Outcome unknown");
    }
}
