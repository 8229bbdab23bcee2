package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A refusal says which of the names that were given the server does not have. */
class UnknownNamesTest {

    private static final String PATTERN = "CORE_DV_HLS";

    private final RunFixture world = new RunFixture();

    @AfterEach
    void stop() {
        world.close();
    }

    private String refusal(String pattern, String deployment, String agent, String agentGroup) {
        var request = new DeploymentRequest(5139L, pattern, null, deployment, null, agent, null, agentGroup, null);
        var failure = world.trial(request).start().failure();
        assertThat(failure.effect()).isEqualTo(Effect.REFUSED);
        assertThat(failure).hasMessageEndingWith(". Nothing was deployed.");
        assertThat(world.server.deployments()).isEmpty();
        return failure.getMessage();
    }

    private int reads() {
        return (int) world.server.requests().stream()
                .filter(request -> request.path().matches("/api/v1/(patterns|deployments|agents|agent_groups)"))
                .count();
    }

    @Test
    void aDeployment() {
        assertThat(refusal(PATTERN, "DEPLOY_TO_DVE", null, null))
                .contains("There is no deployment 'DEPLOY_TO_DVE' that the account of this credential can see."
                        + " The nearest: DEPLOY_TO_DEV, ")
                .doesNotContain("no pattern");
        assertThat(reads()).isEqualTo(2);
    }

    private boolean isOfNoSuchTarget(String pattern, String deployment, String agent) {
        var request = new DeploymentRequest(5139L, pattern, null, deployment, null, agent, null, null, null);
        return world.trial(request).start().failure().isOfNoSuchTarget();
    }

    @Test
    void whetherItIsTheTargetIsKnownAtTheEndToo() {
        assertThat(isOfNoSuchTarget("core_dv_hls", "DEPLOY_TO_DEV", null)).isTrue();
        assertThat(isOfNoSuchTarget(PATTERN, "DEPLOY_TO_DVE", "agnt")).isTrue();
        assertThat(isOfNoSuchTarget(PATTERN, "DEPLOY_TO_DEV", "agnt")).isFalse();
        world.fault(Fault.error(400, "Something else"));
        assertThat(isOfNoSuchTarget(PATTERN, "DEPLOY_TO_DEV", null)).isFalse();
    }

    @Test
    void aBuildThatIsNotThereIsOneLine() {
        TestRun trial = world.trial(TestClients.request(9999)).start();
        assertThat(trial.failure())
                .hasMessageContaining("/build_deployments: ")
                .hasMessageEndingWith(
                        " There is no build 9999 that the account of this credential can see. Nothing was deployed.");
        assertThat(trial.log).singleElement().asString().startsWith("Deploying build 9999");
    }

    @Test
    void aPatternWithoutWhichItsDeploymentsCannotBeRead() {
        assertThat(refusal("core_dv_hls", "DEPLOY_TO_DEV", null, null))
                .contains("There is no pattern 'core_dv_hls' that", " The nearest: CORE_DV_HLS, ")
                .doesNotContain("no deployment")
                .doesNotContain("DELETED_PATTERN");
    }

    @Test
    void anAgentOrAGroup() {
        assertThat(refusal(PATTERN, "DEPLOY_TO_DEV", "agnt", null))
                .contains("There is no agent 'agnt' that the account of this credential can see. ")
                .doesNotContain("nearest");
        assertThat(refusal(PATTERN, "DEPLOY_TO_DEV", null, "DEV_AGENT"))
                .contains("There is no agent group 'DEV_AGENT' that", "The nearest: DEV_AGENTS");
    }

    @Test
    void whatTheServerDoesNotSayIsFoundOut() {
        world.fault(Fault.error(400, "Some name does not exist!"));
        assertThat(refusal(PATTERN, "DEPLOY_TO_DVE", null, null))
                .contains("answered 400 to POST /build_deployments: Some name does not exist! Check")
                .contains("There is no deployment 'DEPLOY_TO_DVE' that");
    }

    @Test
    void nothingIsAddedWhereTheNamesAreThereOrCannotBeRead() {
        world.fault(Fault.error(400, "Something else"));
        assertThat(refusal(PATTERN, "DEPLOY_TO_DEV", null, null)).doesNotContain("There is no");
        world.server.fault("GET", "/api/v1/patterns", 1, Fault.error(403, "No"));
        world.server.fault("GET", "/api/v1/deployments", 1, Fault.truncateJson());
        assertThat(refusal("P", "D", null, null)).doesNotContain("There is no");
    }

    @Test
    void nobodyAsksWhereNamesAreNotTheReason() {
        world.fault(Fault.error(403, "No"));
        assertThat(refusal(PATTERN, "D", null, null)).doesNotContain("There is no");
        var ids = new DeploymentRequest(5139L, null, 11L, null, 99L, null, null, null, null);
        assertThat(world.trial(ids).start().failure()).hasMessageContaining("No record found");
        assertThat(reads()).isZero();
    }

    @Test
    void aFilterThatLetsNothingThroughNamesThemToo() {
        var asked = new RequestedNames(PATTERN, null, "DEPLOY_TO_DVE", null, null, null);
        var said = Text.forKey("find.found", 0, "Production");
        assertThat(TestClients.get(
                        () -> UnknownNames.after(said, world.client, asked, new PlatformCalls(Runnable::run))))
                .asString()
                .startsWith("Found 0 build deployments on Production. There is no deployment 'DEPLOY_TO_DVE' that");
    }

    /** Comparing many names takes longer than others can wait for their answers. */
    @Test
    void namesAreComparedWhereThatHoldsUpNoAnswers() {
        List<Runnable> work = new CopyOnWriteArrayList<>();
        var asked = new RequestedNames(PATTERN, null, "DEPLOY_TO_DVE", null, null, null);
        var said = TestClients.begin(() -> UnknownNames.after(
                Text.forKey("find.found", 0, "Production"), world.client, asked, new PlatformCalls(work::add)));
        world.server.awaitRequest("GET", "/api/v1/deployments", 1, TestClients.LIMIT);
        RunFixture.until(() -> work.size() == 2);
        assertThat(said).isNotDone();
        work.forEach(Runnable::run);
        assertThat(TestClients.get(said)).asString().contains("There is no deployment 'DEPLOY_TO_DVE' that");
    }

    @Test
    void whereNobodyComparesNothingIsAdded() {
        var asked = new RequestedNames(PATTERN, null, "DEPLOY_TO_DVE", null, null, null);
        var said = Text.forKey("find.found", 0, "Production");
        assertThat(TestClients.get(() -> UnknownNames.after(said, world.client, asked, new PlatformCalls(task -> {
                    throw new RejectedExecutionException();
                }))))
                .isEqualTo(said);
    }
}
