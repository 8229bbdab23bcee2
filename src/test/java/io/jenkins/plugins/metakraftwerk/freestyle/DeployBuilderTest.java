package io.jenkins.plugins.metakraftwerk.freestyle;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.AGENT_GROUP;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.HARD_DEPLOYMENT;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.HARD_PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;
import org.jvnet.hudson.test.JenkinsRule;

/** What the build step does when a freestyle job runs. */
class DeployBuilderTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    private FreeStyleProject job;
    private DeployBuilder step;

    @BeforeEach
    void createJob() throws Exception {
        job = jenkins.createFreeStyleProject();
        step = new DeployBuilder("5139");
        step.setPattern(PATTERN);
        step.setDeployment(DEV);
        job.getBuildersList().add(step);
    }

    private FreeStyleBuild run(Result expected) throws Exception {
        return jenkins.assertBuildStatus(expected, job.scheduleBuild2(0).get());
    }

    private JsonNode sent() {
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
        return server.requests("POST", BUILD_DEPLOYMENTS).get(0).json();
    }

    private static void failsPlainly(FreeStyleBuild build, String... words) throws Exception {
        assertThat(JenkinsRule.getLog(build)).contains(words).doesNotContain("\tat ", "Exception");
    }

    @Test
    void aDeploymentIsTriggeredAndToldAbout() throws Exception {
        step.setAgentGroup(AGENT_GROUP);
        FreeStyleBuild build = run(Result.SUCCESS);
        assertThat(sent())
                .hasToString("{\"build_id\":5139,\"pattern\":\"CORE_DV_HLS\",\"deployment\":\"DEPLOY_TO_DEV\","
                        + "\"agent_group\":\"DEV_AGENTS\"}");
        jenkins.assertLogContains(
                "[MetaKraftwerk] Deploying build 5139: pattern CORE_DV_HLS, deployment DEPLOY_TO_DEV, agent group"
                        + " DEV_AGENTS, on stand-in (" + server.url().replace("http://", "") + ").",
                build);
        jenkins.assertLogContains("[MetaKraftwerk] Build deployment 1 was created on stand-in", build);
    }

    @Test
    void allIdsAreSentAsNumbers() throws Exception {
        step.setPattern(null);
        step.setDeployment(null);
        step.setPatternId("11");
        step.setDeploymentId("22");
        step.setAgentId("51");
        run(Result.SUCCESS);
        assertThat(sent()).hasToString("{\"build_id\":5139,\"pattern_id\":11,\"deployment_id\":22,\"agent_id\":51}");
    }

    @Test
    void hardNamesArriveAsTheyAre() throws Exception {
        step.setPattern(HARD_PATTERN);
        step.setDeployment(HARD_DEPLOYMENT);
        FreeStyleBuild build = run(Result.SUCCESS);
        assertThat(sent().get("pattern").asText()).isEqualTo(HARD_PATTERN);
        assertThat(sent().get("deployment").asText()).isEqualTo(HARD_DEPLOYMENT);
        jenkins.assertLogContains("pattern " + HARD_PATTERN + ", deployment " + HARD_DEPLOYMENT, build);
    }

    @Test
    void laterStepsKnowTheIdOfTheDeployment() throws Exception {
        server.addBuildDeployment(5139, 11, 22, null, null);
        CaptureEnvironmentBuilder later = new CaptureEnvironmentBuilder();
        job.getBuildersList().add(later);
        FreeStyleBuild build = run(Result.SUCCESS);
        assertThat(later.getEnvVars()).containsEntry("MK_DEPLOYMENT_ID", "2");
        assertThat(server.deployments()).hasSize(2);
        assertThat(build.getEnvironment(null)).containsEntry("MK_DEPLOYMENT_ID", "2");
    }

    @Test
    void ofTwoDeploymentsTheLaterOneCounts() throws Exception {
        DeployBuilder second = new DeployBuilder("5139");
        second.setPatternId("12");
        second.setDeployment("HUB_TO_GIT");
        CaptureEnvironmentBuilder later = new CaptureEnvironmentBuilder();
        job.getBuildersList().add(second);
        job.getBuildersList().add(later);
        run(Result.SUCCESS);
        assertThat(later.getEnvVars()).containsEntry("MK_DEPLOYMENT_ID", "2");
    }

    @Test
    void aBuildThatWasDeployedBeforeIsSkippedWhereAskedTo() throws Exception {
        run(Result.SUCCESS);
        step.setSkipIfDeployed(true);
        FreeStyleBuild second = run(Result.SUCCESS);
        jenkins.assertLogContains("Nothing sent: build deployment 1 on ", second);
        assertThat(second.getEnvironment(null)).containsEntry("MK_DEPLOYMENT_ID", "1");
        assertThat(server.deployments()).hasSize(1);
    }

    @Test
    void aBuildThatFailedIsNotDeployedWhereOneWaitsForIt() throws Exception {
        job.getBuildersList().replaceBy(List.of(step = new DeployBuilder("5141")));
        step.setPattern(PATTERN);
        step.setDeployment(DEV);
        step.setWaitForBuild(true);
        failsPlainly(run(Result.FAILURE), "Build 5141 is FAILED and cannot be deployed: Mapping M_1 is invalid");
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).isEmpty();
    }

    @Test
    void minutesCountOnlyWhereSomethingIsWaitedFor() throws Exception {
        step.setWaitMinutes(7);
        run(Result.SUCCESS);
        assertThat(server.deployments()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_081})
    void minutesOutOfRangeAreRefused(int minutes) {
        assertThatThrownBy(() -> step.setWaitMinutes(minutes))
                .hasMessage("waitMinutes must be a whole number from 1 to 10080, not '" + minutes + "'.");
    }

    /** As a job was stored when minutes could not be left out, and larger ones were cut. */
    @Test
    void minutesOfAnOldJob() throws Exception {
        step.setWaitForBuild(true);
        String xml =
                Items.XSTREAM2.toXML(step).replace("<waitForBuild>", "<waitMinutes>%d</waitMinutes><waitForBuild>");
        DeployBuilder old = (DeployBuilder) Items.XSTREAM2.fromXML(xml.formatted(0));
        assertThat(old.getWaitMinutes()).isNull();
        job.getBuildersList().replaceBy(List.of(old));
        run(Result.SUCCESS);
        assertThat(server.deployments()).hasSize(1);

        job.getBuildersList().replaceBy(List.of((DeployBuilder) Items.XSTREAM2.fromXML(xml.formatted(99_999))));
        failsPlainly(
                run(Result.FAILURE),
                "Minutes to wait at most must be a whole number from 1 to 10080, not '99999'. Nothing was sent.");
        assertThat(server.deployments()).hasSize(1);
    }

    @Test
    void aRefusalOfTheServerIsPutPlainly() throws Exception {
        step.setDeployment("NOWHERE");
        FreeStyleBuild build = run(Result.FAILURE);
        failsPlainly(build, "A deployment with the name 'NOWHERE' does not exist!", "Check the names and ids");
        assertThat(build.getEnvironment(null)).doesNotContainKey("MK_DEPLOYMENT_ID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", ""})
    void aMissingServerIsPutPlainly(String name) throws Exception {
        step.setServer(name);
        if (name.isEmpty()) {
            Setup.servers();
        }
        failsPlainly(
                run(Result.FAILURE), name.isEmpty() ? "No MetaKraftwerk server" : "no MetaKraftwerk server called");
    }

    @Test
    void aLostAnswerIsLookedForAndFound() throws Exception {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.dropAfter());
        FreeStyleBuild build = run(Result.SUCCESS);
        jenkins.assertLogContains("Found build deployment 1 on stand-in", build);
        assertThat(server.deployments()).hasSize(1);
    }

    @Test
    void onAnAgentTheControllerDoesTheTalking() throws Exception {
        job.setAssignedNode(jenkins.createOnlineSlave());
        run(Result.SUCCESS);
        assertThat(server.requests())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.header("User-Agent")).startsWith("Jenkins/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[$class: 'DeployBuilder', %s]", "metaKraftwerkDeploy(%s)"})
    void pipelinesHaveAStepOfTheirOwnAndCannotUseThisOne(String described) throws Exception {
        String fields = "buildId: '5139', pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'";
        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class);
        pipeline.setDefinition(new CpsFlowDefinition("node {\n step(" + described.formatted(fields) + ")\n}", true));
        jenkins.assertLogContains(
                "In a Pipeline, use mkDeploy",
                jenkins.assertBuildStatus(
                        Result.FAILURE, pipeline.scheduleBuild2(0).get()));
        assertThat(server.requests()).isEmpty();
    }
}
