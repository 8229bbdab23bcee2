package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What exists is not made again, if that is asked for. */
class SkipTest {

    @AutoClose
    private final RunFixture world = new RunFixture();

    /** 1 by nobody in particular, 2 and 4 by an agent, 3 by a group, 5 of another deployment. */
    @BeforeEach
    void records() {
        world.server.addBuildDeployment(5139, 11, 21, null, null);
        world.server.addBuildDeployment(5139, 11, 21, 51L, null);
        world.server.addBuildDeployment(5139, 11, 21, null, 41L);
        world.server.addBuildDeployment(5139, 11, 21, 51L, null);
        world.server.addBuildDeployment(5139, 11, 22, 52L, 42L);
    }

    private static DeploymentFields fields() {
        return new DeploymentFields("5139").pattern("CORE_DV_HLS", null).deployment(null, "21");
    }

    @ParameterizedTest
    @CsvSource({
        ",,,, 4",
        "dev-agent-1,,,, 4",
        ",51,,, 4",
        ",,DEV_AGENTS,, 3",
        ",,,41, 3",
    })
    void theLatestOfTheSameExecutorIsTaken(String agent, String agentId, String group, String groupId, long id)
            throws Exception {
        DeploymentRequest request =
                fields().agent(agent, agentId).agentGroup(group, groupId).request();
        TestRun trial = world.trial(request).skipIfDeployed().start();
        DeploymentResult result = trial.result();
        assertThat(result.origin()).isEqualTo(Origin.SKIPPED);
        assertThat(result.created()).isFalse();
        assertThat(result.record().id()).isEqualTo(id);
        assertThat(world.posts()).isZero();
        assertThat(trial.states).extracting(DeploymentState::phase).containsExactly(Phase.DONE);
        assertThat(trial.log).last().asString().contains("Nothing sent", "build deployment " + id);
    }

    @ParameterizedTest
    @CsvSource({"dev-agent-2,,,", ",52,,", ",,PROD_AGENTS,", ",,,42"})
    void whatAnotherExecutorDidDoesNotCount(String agent, String agentId, String group, String groupId)
            throws Exception {
        DeploymentRequest request =
                fields().agent(agent, agentId).agentGroup(group, groupId).request();
        TestRun trial = world.trial(request).skipIfDeployed().start();
        assertThat(trial.result().origin()).isEqualTo(Origin.CREATED);
        assertThat(trial.id()).isEqualTo(6);
        assertThat(trial.states.get(0).baseline()).isEqualTo(4);
    }

    @Test
    void aRollBackSends() throws Exception {
        world.server.addBuildDeployment(5140, 11, 21, null, null);
        world.trial(fields().request()).skipIfDeployed().start().isDone(Origin.CREATED, 7);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRollBackSendsAlsoWhereTheListLags(boolean sameNames) throws Exception {
        world.server.setBuild(5140, "FINISHED", 100, null);
        var other = new DeploymentFields("5140").pattern("CORE_DV_HLS", null);
        world.trial((sameNames ? other.deployment(null, "21") : other.deployment("DEPLOY_TO_DEV", null)).request())
                .start()
                .isDone(Origin.CREATED, 6);
        String listed = "[{\"id\":4,\"build_id\":5139,\"pattern_id\":11,\"deployment_id\":21}]";
        world.blind(Fault.status(200, "application/json", listed));
        world.trial(fields().request()).skipIfDeployed().start().isDone(Origin.CREATED, 7);
    }

    @Test
    void aNewerDeploymentOfAnotherBuildBySomebodyElseDoesNotCount() throws Exception {
        world.server.addBuildDeployment(5140, 11, 21, 52L, null);
        world.server.addBuildDeployment(5140, 11, 22, 51L, null);
        DeploymentRequest request = fields().agent("dev-agent-1", null).request();
        world.trial(request).skipIfDeployed().start().isDone(Origin.SKIPPED, 4);
    }

    @Test
    void itSaysWhatItFoundAndHowToForce() throws Exception {
        TestRun trial = world.trial(fields().request()).skipIfDeployed().start();
        trial.result();
        assertThat(trial.log)
                .last()
                .isEqualTo(
                        "Nothing sent: build deployment 4 on Production is the newest there and of this build. Jenkins cannot"
                                + " see whether its agent succeeded. To deploy again, leave out 'Skip if this build is"
                                + " what was deployed there last' (skipIfDeployed).");
    }

    @Test
    void itLooksOverAllBuilds() throws Exception {
        DeploymentRequest request = fields().agent("dev-agent-1", null).request();
        world.trial(request).skipIfDeployed().start().result();
        assertThat(world.server.requests("GET", BUILD_DEPLOYMENTS))
                .singleElement()
                .satisfies(look -> assertThat(look.query())
                        .containsOnlyKeys("pattern", "deployment_id")
                        .containsEntry("pattern", "CORE_DV_HLS"));
        assertThat(world.server.requests("GET", "/api/v1/agents")).hasSize(1);
        assertThat(world.server.requests("GET", "/api/v1/builds/5139")).hasSize(1);
        assertThat(world.server.requests()).hasSize(3);
    }

    @Test
    void anUnknownNameLetsTheServerDecide() throws Exception {
        DeploymentRequest request = fields().agent("nobody", null).request();
        MetaKraftwerkException failure =
                world.trial(request).skipIfDeployed().start().failure();
        assertThat(failure).hasMessageContaining("An agent with the name 'nobody' does not exist!");
    }

    @Test
    void whatExistsIsMadeAgainIfNothingElseIsAsked() throws Exception {
        assertThat(world.trial(fields().request()).start().id()).isEqualTo(6);
    }

    @Test
    void anAgentThatCannotBeLookedUpEndsTheRunBeforeAnythingIsSent() throws Exception {
        world.server.fault("GET", "/api/v1/agents", 1, Fault.error(403, "No"));
        DeploymentRequest request = fields().agent("dev-agent-1", null).request();
        MetaKraftwerkException failure =
                world.trial(request).skipIfDeployed().start().failure();
        assertThat(failure.status()).hasValue(403);
        assertThat(world.posts()).isZero();
    }

    @Test
    void aSkippedRecordMayBeSharedByRuns() throws Exception {
        assertThat(world.trial(fields().request()).skipIfDeployed().start().id())
                .isEqualTo(4);
        assertThat(world.trial(fields().request()).skipIfDeployed().start().id())
                .isEqualTo(4);
    }
}
