package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A check reads all that decides whether a deployment could be sent, says all that it finds, and sends nothing. */
class DeploymentCheckTest {

    private static final String PATTERN = "CORE_DV_HLS";
    private static final String DEV = "DEPLOY_TO_DEV";
    private static final DeploymentRequest PLAIN = TestClients.request();
    private static final DeploymentRequest BY_GROUP =
            new DeploymentRequest(5139L, PATTERN, null, DEV, null, null, null, "DEV_AGENTS", null);

    private final RunFixture world = new RunFixture();
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void changedNothing() {
        assertThat(world.server.requests()).allMatch(request -> request.method().equals("GET"));
        world.close();
    }

    private CompletableFuture<CheckReport> start(
            DeploymentRequest request, Boolean skip, boolean wait, Duration limit) {
        var plan = new DeploymentPlan(request, "Production", skip, wait, false, States.WAIT, limit);
        ReadRetries repeats = new ReadRetries(world.timing, limit, text -> log.add(text.toString()));
        return TestClients.begin(
                new DeploymentCheck(plan, world.client, repeats, new PlatformCalls(Runnable::run))::report);
    }

    private CheckReport check(DeploymentRequest request, Boolean skip, boolean wait) {
        return TestClients.get(start(request, skip, wait, Duration.ZERO));
    }

    private static List<String> said(CheckReport report) {
        return report.lines().stream().map(line -> line.said().toString()).toList();
    }

    private List<String> said(DeploymentRequest request) {
        return said(check(request, null, false));
    }

    private MetaKraftwerkException failure(DeploymentRequest request) {
        return TestClients.failure(start(request, null, false, Duration.ZERO));
    }

    private void refuse(String path, Fault fault) {
        world.server.fault("GET", "/api/v1/" + path, Integer.MAX_VALUE, fault);
    }

    @Test
    void everythingIsWell() {
        assertThat(said(BY_GROUP))
                .containsExactly(
                        "OK: Build 5139 is finished.",
                        "OK: Build 5139 contains the pattern CORE_DV_HLS.",
                        "OK: The pattern CORE_DV_HLS can be deployed.",
                        "OK: The pattern CORE_DV_HLS has the deployment DEPLOY_TO_DEV.",
                        "OK: An agent of the agent group DEV_AGENTS is online.",
                        "OK: Nothing was deployed there before.");
        assertThat(world.server.requests()).hasSize(6);
    }

    @Test
    void idsDoAsWellAsNames() {
        assertThat(said(new DeploymentRequest(5139L, null, 11L, null, 21L, null, 51L, null, null)))
                .contains(
                        "OK: Build 5139 contains the pattern #11.",
                        "OK: The pattern #11 can be deployed.",
                        "OK: The pattern #11 has the deployment #21.",
                        "OK: The agent #51 is online.");
        assertThat(said(new DeploymentRequest(5139L, null, 11L, null, 31L, null, null, null, 42L)))
                .contains(
                        "Problem: The pattern #11 has no deployment with the id 31.",
                        "OK: An agent of the agent group #42 is online.");
    }

    @Test
    void allIsReadAtTheSameTime() {
        Hold build = world.server.hold("GET", "/api/v1/builds/5139");
        var check = start(BY_GROUP, null, false, Duration.ZERO);
        for (String path : List.of("patterns", "deployments", "agent_groups", "agents", "build_deployments")) {
            world.server.awaitRequest("GET", "/api/v1/" + path, 1, TestClients.LIMIT);
        }
        assertThat(check).isNotDone();
        build.release();
        assertThat(TestClients.get(check).lines()).hasSize(6);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        world.server.addPattern(17, "TWICE_BAD", "IICS", "1", true, true, true);
        var bad = new DeploymentRequest(5141L, "TWICE_BAD", null, "X", null, null, null, "DEV_AGENT", null);
        assertThat(check(bad, null, false).texts(CheckReport.Kind.PROBLEM))
                .extracting(Text::toString)
                .satisfiesExactly(
                        one -> assertThat(one).contains("5141 is FAILED", "Mapping M_1 is invalid"),
                        one -> assertThat(one).startsWith("Build 5141 does not contain the pattern TWICE_BAD."),
                        one -> assertThat(one).isEqualTo("The pattern TWICE_BAD was deleted on the server."),
                        one -> assertThat(one).isEqualTo("The pattern TWICE_BAD is disabled on the server."),
                        one -> assertThat(one).startsWith("There is no deployment 'X' that the account"),
                        one -> assertThat(one)
                                .startsWith("There is no agent group 'DEV_AGENT' that")
                                .contains("The nearest: DEV_AGENTS"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5140 | false | Problem: Build 5140 is not finished. To wait for it, set",
                "5140 | true | Warning: Build 5140 is not finished (BUILDING 40 %). The deployment would wait for it, for 10 min",
                "5141 | true | Problem: Build 5141 is FAILED and cannot be deployed: Mapping M_1 is invalid.",
                "5142 | true | Problem: Build 5142 is CANCELED and cannot be deployed.",
                "5143 | false | Problem: Build 5143 was deleted on the server and cannot be deployed.",
                "5144 | false | Warning: Build 5144 has the status ODD, which this plugin does not know.",
                "9999 | true | Problem: There is no build 9999 that the account of this credential can see."
            })
    void theBuild(long build, boolean wait, String line) {
        world.server.addBuild(5143, "FINISHED", 100, null);
        world.server.deleteBuild(5143);
        world.server.addBuild(5144, "ODD", 100, null);
        assertThat(said(check(TestClients.request(build), null, wait)).get(0)).startsWith(line);
    }

    @Test
    void aBuildThatDoesNotTellItsPatternsIsNotBlamed() {
        world.server.changeBuild(5139, "patterns", List.of());
        assertThat(said(PLAIN)).noneMatch(line -> line.contains("contain"));
        world.server.changeBuild(5139, "patterns", List.of(12));
        assertThat(said(PLAIN))
                .contains("Problem: Build 5139 does not contain the pattern CORE_DV_HLS."
                        + " Choose a build that ran this pattern.");
    }

    @Test
    void thePattern() {
        assertThat(said(new DeploymentRequest(5139L, "INACTIVE_PATTERN", null, DEV, null, null, null, null, null)))
                .contains("Problem: The pattern INACTIVE_PATTERN is not active on the server.");
        assertThat(said(new DeploymentRequest(5139L, null, 99L, null, 21L, null, null, null, null)))
                .contains("Problem: There is no pattern with the id 99 that the account of this credential can see.")
                .noneMatch(line -> line.contains("deployment"));
        assertThat(said(new DeploymentRequest(5139L, "CORE_DV_HLX", null, DEV, null, null, null, null, null)))
                .satisfiesExactly(
                        build -> assertThat(build).isEqualTo("OK: Build 5139 is finished."),
                        pattern -> assertThat(pattern)
                                .startsWith("Problem: There is no pattern 'CORE_DV_HLX' that")
                                .contains("The nearest: CORE_DV_HLS, "));
        // A version of it that is gone does not matter where another one is there.
        world.server.addPattern(10, PATTERN, "SNOWFLAKE", "1.3", true, true, false);
        assertThat(said(PLAIN)).contains("OK: The pattern CORE_DV_HLS can be deployed.");
    }

    @Test
    void theAgent() {
        var byAgent = new DeploymentRequest(5139L, PATTERN, null, DEV, null, "dev-agent-1", null, null, null);
        assertThat(said(byAgent)).contains("OK: The agent dev-agent-1 is online.");
        world.server.changeAgent(51, "online", false);
        assertThat(said(byAgent)).contains("Warning: The agent dev-agent-1 is not online now.");
        world.server.changeAgent(51, "disabled", true);
        assertThat(said(byAgent)).contains("Problem: The agent dev-agent-1 is disabled on the server.");
        assertThat(said(new DeploymentRequest(5139L, PATTERN, null, DEV, null, null, 99L, null, null)))
                .anyMatch(line -> line.startsWith("Problem: There is no agent with the id 99 that"));
    }

    @ParameterizedTest
    @CsvSource({"online, false", "disabled, true", "deleted, true"})
    void aGroupWithoutAnAgentThatIsThereNow(String field, boolean value) {
        world.server.changeAgent(51, field, value);
        assertThat(said(BY_GROUP)).contains("Warning: No agent of the agent group DEV_AGENTS is online now.");
    }

    @Test
    void whatWasDeployedThereBefore() {
        world.record();
        assertThat(said(PLAIN))
                .contains(
                        "OK: Deployed there last: build 5139 (build deployment 1).",
                        "Warning: Build 5139 was deployed there already (build deployment 1).");
        world.server.addBuildDeployment(5138, 11, 21, null, null);
        world.server.addBuildDeployment(5139, 11, 22, null, null);
        CheckReport skipping = check(PLAIN, true, false);
        assertThat(said(skipping))
                .contains(
                        "OK: Deployed there last: build 5138 (build deployment 2).",
                        "OK: Build 5139 was deployed there already (build deployment 1).");
        assertThat(skipping.last().id()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "builds/5139, build",
        "patterns, pattern",
        "deployments, deployment",
        "agent_groups, agent group",
        "agents, agents that are online",
        "build_deployments, what was deployed there before"
    })
    void whatCannotBeReadIsAWarning(String path, String what) {
        for (Fault fault : List.of(Fault.error(403, "Not for you"), Fault.garbage(), Fault.error(500, "Broken"))) {
            world.server.clearFaults();
            refuse(path, fault);
            CheckReport report = check(BY_GROUP, null, false);
            assertThat(report.texts(CheckReport.Kind.PROBLEM)).isEmpty();
            assertThat(report.texts(CheckReport.Kind.WARNING))
                    .singleElement()
                    .asString()
                    .startsWith("Could not be checked: " + what + ". ")
                    .contains("GET /");
        }
    }

    @Test
    void anAccountThatMayReadNothingIsWarnedOfEverything() {
        world.server.fault(request -> true, Integer.MAX_VALUE, Fault.error(403, "No"));
        assertThat(said(BY_GROUP)).hasSize(6).allMatch(line -> line.startsWith("Warning: Could not be checked: "));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 500, 503})
    void aServerThatTellsNothingFailsTheCheck(int status) {
        world.server.fault(request -> true, Integer.MAX_VALUE, Fault.error(status, "Elsewhere"));
        assertThat(failure(PLAIN)).hasMessageContaining(status + "").hasMessageContaining("Elsewhere");
    }

    @Test
    void aServerThatIsNotReachedFailsTheCheck() {
        world.server.close();
        assertThat(failure(PLAIN)).hasMessageContaining("could not be reached");
    }

    @Test
    void onlyWhatFailedInPassingIsReadAgain() {
        world.server.fault("GET", "/api/v1/patterns", 1, Fault.error(503, "Restarting"));
        var check = start(PLAIN, null, false, TestRun.RETRY_LIMIT);
        world.timing.awaitWaits(1);
        world.timing.advance(Duration.ofSeconds(1));
        assertThat(said(TestClients.get(check))).contains("OK: The pattern CORE_DV_HLS can be deployed.");
        assertThat(log).singleElement().asString().contains("Restarting", "trying again in 1 s");
        assertThat(world.server.requests()).hasSize(5);
    }

    @Test
    void whatFailsUntilTheTimeIsUpIsAWarning() {
        refuse("patterns", Fault.error(503, "Restarting"));
        var check = start(PLAIN, null, false, Duration.ofSeconds(2));
        world.timing.awaitWaits(1);
        world.timing.advance(Duration.ofSeconds(1));
        assertThat(said(TestClients.get(check)))
                .hasSize(4)
                .anyMatch(line -> line.startsWith("Warning: Could not be checked: pattern. "));
    }

    @Test
    void itsEndEndsItsCalls() {
        world.server.holdAll("GET", BUILD_DEPLOYMENTS);
        var check = start(PLAIN, null, false, Duration.ZERO);
        world.server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        int waits = (int) world.calls.waiting();
        assertThat(waits).isPositive();
        check.cancel(true);
        RunFixture.until(world.calls::idle);
    }
}
