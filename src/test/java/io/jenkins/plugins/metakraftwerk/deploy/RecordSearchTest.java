package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.HttpTransport;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request without an answer is never sent again; its record is looked for. */
class RecordSearchTest {

    private static final String GATEWAY = "{\"message\":\"Service Unavailable\"}";

    @AutoClose
    private final RunFixture world = new RunFixture();

    static Stream<Named<Fault>> afterTheWork() {
        return Stream.of(
                Named.of("dropped", Fault.dropAfter()),
                Named.of("half", Fault.truncate()),
                Named.of("half the JSON", Fault.truncateJson()),
                Named.of("HTML", Fault.html()),
                Named.of("no meaning", Fault.garbage()),
                Named.of("huge", Fault.huge()),
                Named.of("408", Fault.statusAfter(408, "text/plain", "")),
                Named.of("500", Fault.statusAfter(500, "application/json", "{\"message\":\"Sorry\"}")),
                Named.of("502", Fault.statusAfter(502, "text/html", "<html>")),
                Named.of("503 of a proxy", Fault.statusAfter(503, "text/html", "<html>", "Retry-After", "1")),
                Named.of("503 of a gateway", Fault.statusAfter(503, "application/json", GATEWAY)),
                Named.of("503 without a form", Fault.statusAfter(503, "application/json", "{}")),
                Named.of("504", Fault.statusAfter(504, "text/plain", "")),
                Named.of("empty", Fault.statusAfter(200, "application/json", "")),
                Named.of("null", Fault.statusAfter(200, "application/json", "null")));
    }

    static Stream<Named<Fault>> beforeTheWork() {
        return Stream.of(
                Named.of("dropped", Fault.dropBefore()),
                Named.of("500", Fault.error(500, "Sorry")),
                Named.of("502", Fault.status(502, "text/html", "<html>")),
                Named.of("503 of a proxy", Fault.status(503, "text/html", "<html>", "Retry-After", "1")),
                Named.of("503 of a gateway", Fault.status(503, "application/json", GATEWAY)),
                Named.of("504", Fault.status(504, "text/plain", "")),
                Named.of("HTML", Fault.status(200, "text/html", "<html>")));
    }

    @ParameterizedTest
    @MethodSource("afterTheWork")
    void theRecordIsFoundAndTaken(Fault fault) {
        world.record();
        world.fault(fault);
        TestRun trial = world.trial().start();
        assertThat(trial.result().origin()).isEqualTo(Origin.ADOPTED);
        assertThat(trial.result().created()).isTrue();
        assertThat(trial.id()).isEqualTo(2);
        assertThat(world.posts()).isEqualTo(1);
        assertThat(world.timing.seconds()).as("at the first look").isEmpty();
        assertThat(trial.log).anyMatch(line -> line.contains("not sent again. Looking for its record"));
        assertThat(trial.log).last().asString().contains("Found build deployment 2");
    }

    @ParameterizedTest
    @MethodSource("beforeTheWork")
    void aRequestThatLeavesNoRecordIsNotSentAgain(Fault fault) {
        world.timing.automatic();
        world.record();
        world.fault(fault);
        assertThat(world.trial().start().isUnknown())
                .contains("Outcome unknown: No record of the deployment of build 5139 showed up within 30 s.")
                .contains("Check whether build 5139 was deployed (CORE_DV_HLS → DEPLOY_TO_DEV) on Production")
                .contains("before you deploy again");
        assertThat(world.posts()).isEqualTo(1);
        assertThat(world.timing.uptime()).isBetween(RecordSearch.WINDOW.minusSeconds(5), RecordSearch.WINDOW);
        assertThat(world.timing.seconds()).startsWith(1.0, 2.0, 4.0, 5.0).allMatch(wait -> wait <= 5);
    }

    @Test
    void aServerThatDoesNotAnswerInTimeMayStillDoIt() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS);
        TestRun trial = world.sent();
        world.calls.advance(HttpTransport.ANSWER_TIMEOUT);
        world.timing.pass();
        world.timing.awaitWait();
        hold.release();
        world.server.awaitDeployments(1, TestClients.LIMIT);
        world.timing.pass();
        assertThat(trial.result().origin()).isEqualTo(Origin.ADOPTED);
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void theRecordMayShowUpLate() {
        world.fault(Fault.dropBefore());
        TestRun trial = world.trial().start();
        for (int look = 1; look <= 4; look++) {
            world.server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1 + look, TestClients.LIMIT);
            world.timing.awaitWait();
            if (look == 4) {
                world.record();
            }
            world.timing.pass();
        }
        assertThat(trial.id()).isEqualTo(1);
        assertThat(trial.result().origin()).isEqualTo(Origin.ADOPTED);
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void whatALookHasShownIsTakenAlthoughTheNextLooksLagBehind() {
        RunIdentity other = new RunIdentity("another run", "its build", "app #1");
        world.ledger
                .unclaimedRequests()
                .takeOff(UnknownAttempt.forRequest(world.key(), null, other, 0, world.timing.now()), null);
        world.fault(Fault.dropAfter());
        TestRun trial = world.trial().start();
        world.timing.awaitWait();
        world.lag();
        world.ledger.unclaimedRequests().land("another run");
        world.timing.pass();
        trial.isDone(Origin.ADOPTED, 1);
    }

    @Test
    void aLookThatFailsIsRepeated() {
        world.timing.automatic();
        world.fault(Fault.dropAfter());
        TestRun trial = world.trial();
        trial.store(state -> {
            world.server.fault("GET", BUILD_DEPLOYMENTS, 3, Fault.status(502, "text/html", "<html>"));
            return CompletableFuture.completedFuture(null);
        });
        assertThat(trial.start().result().origin()).isEqualTo(Origin.ADOPTED);
        assertThat(world.looks()).isEqualTo(5);
    }

    @Test
    void aServerThatStaysAwayLeavesTheOutcomeUnknown() {
        world.timing.automatic();
        world.fault(Fault.dropAfter());
        TestRun trial = world.trial();
        trial.store(state -> {
            world.blind(Fault.status(502, "text/html", "<html>"));
            return CompletableFuture.completedFuture(null);
        });
        assertThat(trial.start().isUnknown()).contains("answered 502 to GET");
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void recordsOfOtherDeploymentsAreNotTaken() {
        world.timing.automatic();
        world.record();
        world.fault(Fault.dropBefore());
        TestRun trial = world.trial().store(state -> {
            world.server.addBuildDeployment(5139, 11, 22, null, null);
            world.server.addBuildDeployment(5140, 11, 21, null, null);
            world.server.addBuildDeployment(5139, 12, 31, null, null);
            return CompletableFuture.completedFuture(null);
        });
        assertThat(trial.start().failure()).hasMessageContaining("No record of the deployment of build 5139 showed up");
    }

    @Test
    void recordsOfOtherExecutorsAreNotTaken() throws Exception {
        world.timing.automatic();
        DeploymentRequest request = new DeploymentFields("5139")
                .pattern(null, "11")
                .deployment(null, "21")
                .agentGroup("DEV_AGENTS", null)
                .request();
        world.fault(Fault.dropAfter());
        TestRun trial = world.trial(request).store(state -> {
            if (world.server.deployments().isEmpty()) {
                world.server.addBuildDeployment(5139, 11, 21, 51L, null);
                world.server.addBuildDeployment(5139, 11, 21, null, 42L);
                world.server.addBuildDeployment(5139, 11, 21, null, null);
            }
            return CompletableFuture.completedFuture(null);
        });
        assertThat(trial.start().id()).isEqualTo(4);
        assertThat(trial.result().record().agentGroupId()).isEqualTo(41);
    }

    @Test
    void idsThatTheServerDoesNotFilterByAreLookedAtHere() {
        world.timing.automatic();
        String all = "[{\"id\":8,\"build_id\":5140,\"pattern_id\":11,\"deployment_id\":21},"
                + "{\"id\":9,\"build_id\":5139,\"pattern_id\":11,\"deployment_id\":22}]";
        DeploymentRequest request = new DeploymentRequest(5139L, null, 11L, null, 21L, null, null, null, null);
        world.fault(Fault.dropBefore());
        TestRun trial = world.trial(request).store(state -> {
            world.blind(Fault.status(200, "application/json", all));
            return CompletableFuture.completedFuture(null);
        });
        assertThat(trial.start().failure()).hasMessageContaining("No record of the deployment of build 5139 showed up");
    }
}
