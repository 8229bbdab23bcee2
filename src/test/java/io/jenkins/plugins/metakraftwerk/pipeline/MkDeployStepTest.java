package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.standin.ReceivedRequest;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** What {@code mkDeploy} does when all goes well. */
class MkDeployStepTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "node { %s }",
                "def r = %s; echo \"got ${r.id}\"",
                "pipeline { agent none; stages { stage('Deploy') { steps { %s } } } }",
                "pipeline { agent any; stages { stage('Deploy') { steps { script { def r = %s; echo \"$r.id\" } } } } }"
            })
    void deploysWhereverAStepMayStand(String script) throws Exception {
        Scripts.succeed(
                jenkins,
                script.formatted("mkDeploy(buildId: 5139, pattern: 'CORE_DV_HLS',"
                        + " deployment: 'DEPLOY_TO_DEV', agentGroup: 'DEV_AGENTS')"));

        assertThat(server.deployments()).singleElement().satisfies(record -> {
            assertThat(record.get("build_id").asLong()).isEqualTo(StandInDefaults.FINISHED_BUILD);
            assertThat(record.get("deployment_id").asLong()).isEqualTo(StandInDefaults.DEV_ID);
            assertThat(record.get("agent_group_id").asLong()).isEqualTo(StandInDefaults.AGENT_GROUP_ID);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"5139", "5139L", "'5139'", "' 5139 '", "\"${5000 + 139}\""})
    void takesTheBuildIdAsANumberOrAsAText(String buildId) throws Exception {
        Scripts.succeed(jenkins, Scripts.DEPLOY.replace("5139", buildId));

        assertThat(sent().get("build_id").isIntegralNumber()).isTrue();
        assertThat(sent().get("build_id").asLong()).isEqualTo(5139);
    }

    @ParameterizedTest
    @ValueSource(strings = {"env.MK_BUILD", "params.MK_BUILD", "MK_BUILD", "env.MK_BUILD as int"})
    void takesTheBuildIdFromAParameter(String buildId) throws Exception {
        WorkflowJob job = Scripts.job(jenkins, Scripts.DEPLOY.replace("5139", buildId));
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("MK_BUILD")));

        jenkins.assertBuildStatusSuccess(
                job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("MK_BUILD", "5139"))));

        assertThat(sent().get("build_id").asLong()).isEqualTo(5139);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV' | pattern, deployment",
                "patternId: 11, deployment: 'DEPLOY_TO_DEV' | pattern_id, deployment",
                "patternId: '11', deploymentId: 21 | pattern_id, deployment_id",
                "pattern: 'CORE_DV_HLS', deploymentId: '21' | pattern, deployment_id",
                "patternId: 11, deploymentId: 21, agent: 'dev-agent-1' | pattern_id, deployment_id, agent",
                "patternId: 11, deploymentId: 21, agentId: 51 | pattern_id, deployment_id, agent_id",
                "patternId: 11, deploymentId: 21, agentGroup: 'DEV_AGENTS' | pattern_id, deployment_id, agent_group",
                "patternId: 11, deploymentId: 21, agentGroupId: 41L | pattern_id, deployment_id, agent_group_id"
            })
    void sendsExactlyTheFieldsThatWereGiven(String fields, String expected) throws Exception {
        Scripts.succeed(jenkins, "mkDeploy buildId: 5139, " + fields);

        assertThat(sent().fieldNames()).toIterable().containsExactlyInAnyOrder(("build_id, " + expected).split(", "));
        assertThat(server.deployments()).hasSize(1);
    }

    @Test
    void sendsHardNamesUnchanged() throws Exception {
        String pattern = StandInDefaults.HARD_PATTERN.replace("\\", "\\\\").replace("'", "\\'");
        String deployment =
                StandInDefaults.HARD_DEPLOYMENT.replace("\\", "\\\\").replace("'", "\\'");

        Scripts.succeed(
                jenkins, "mkDeploy buildId: 5139, pattern: '" + pattern + "', deployment: '" + deployment + "'");

        assertThat(sent().get("pattern").asText()).isEqualTo(StandInDefaults.HARD_PATTERN);
        assertThat(sent().get("deployment").asText()).isEqualTo(StandInDefaults.HARD_DEPLOYMENT);
        assertThat(server.requests("GET", BUILD_DEPLOYMENTS).get(0).query())
                .containsEntry("pattern", StandInDefaults.HARD_PATTERN);
    }

    @Test
    void givesTheSandboxEveryPropertyOfTheResult() throws Exception {
        String log = Scripts.succeed(
                jenkins,
                "def r = mkDeploy buildId: 5139, patternId: 11, deploymentId: 21, agentGroupId: 41\n"
                        + "echo([r.id, r.buildId, r.patternId, r.deploymentId, r.uploadId, r.agentId, r.agentGroupId,"
                        + " r.created].join(' '))\n"
                        + "if (r.created && r.agentId == null && r.id + 1 > r.id) { echo \"as text: $r\" }");

        assertThat(log)
                .contains("1 5139 11 21 7001 null 41 true")
                .contains("as text: BuildDeployment[id=1, buildId=5139,");
    }

    @Test
    void keepsTheResultAcrossSteps() throws Exception {
        WorkflowRun run = Scripts.start(jenkins, "def r = " + Scripts.DEPLOY + "\nsemaphore 'kept'\necho \"is $r.id\"");
        SemaphoreStep.waitForStart("kept/1", run);
        SemaphoreStep.success("kept/1", null);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(JenkinsRule.getLog(run)).contains("is 1");
    }

    @Test
    void saysWhatItAsksForAndWhatItGot() throws Exception {
        WorkflowJob job = Scripts.job(
                jenkins,
                "mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV',"
                        + " agentGroup: 'DEV_AGENTS'");
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);

        String address = this.server.url().replace("http://", "");
        assertThat(JenkinsRule.getLog(run))
                .contains("[MetaKraftwerk] Deploying build 5139: pattern CORE_DV_HLS, deployment DEPLOY_TO_DEV,"
                        + " agent group DEV_AGENTS, on stand-in (" + address + ").")
                .contains(
                        "[MetaKraftwerk] Build deployment 1 was created on stand-in: build 5139, CORE_DV_HLS → DEPLOY_TO_DEV.");
        String page = jenkins.createWebClient().getPage(run, "console").asXml();
        assertThat(page.split("<a href=\"" + this.server.url() + "\">", -1))
                .as("a link in each of two lines")
                .hasSize(3);
    }

    @Test
    void sendsNothingThatWasDeployedBefore() throws Exception {
        long earlier = server.addBuildDeployment(5139, 11, 21, null, 41L);

        String log = Scripts.succeed(
                jenkins,
                "def r = mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV',"
                        + " agentGroup: 'DEV_AGENTS', skipIfDeployed: true\n"
                        + "echo \"$r.id $r.created\"");

        assertThat(log).contains(earlier + " false").contains("Nothing sent: build deployment " + earlier);
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).isEmpty();
    }

    @Test
    void sendsWhatWasDeployedBeforeForAnotherGroup() throws Exception {
        server.addBuildDeployment(5139, 11, 21, null, 42L);

        Scripts.succeed(jenkins, Scripts.DEPLOY + ", agentGroup: 'DEV_AGENTS', skipIfDeployed: true");

        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
    }

    @Test
    void waitsForTheBuildAndShowsItsProgress() throws Exception {
        WorkflowRun run =
                Scripts.start(jenkins, Scripts.DEPLOY.replace("5139", "5140") + ", waitForBuild: true, waitMinutes: 1");
        jenkins.waitForMessage("Waiting for build 5140: BUILDING 40 %", run);
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).isEmpty();
        server.setBuild(5140, "FINISHED", 100, null);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

        assertThat(server.deployments()).hasSize(1);
    }

    @Test
    void holdsNoThreadOfTheExecutorsOutsideOfNode() throws Exception {
        var hold = server.hold("POST", BUILD_DEPLOYMENTS);
        WorkflowRun run = Scripts.start(jenkins, Scripts.DEPLOY);
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);

        TestWaits.until(
                "no thread that stays in the plugin",
                () -> Thread.getAllStackTraces().values().stream()
                        .noneMatch(stack -> Stream.of(stack).anyMatch(MkDeployStepTest::isOfThePlugin)));
        assertThat(jenkins.jenkins.toComputer().getExecutors()).allMatch(executor -> executor.isIdle());

        hold.release();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    private static boolean isOfThePlugin(StackTraceElement frame) {
        return frame.getClassName().startsWith("io.jenkins.plugins.metakraftwerk")
                && !frame.getClassName().matches(".*\\.(standin|fixture)\\..*|.*Test(\\$.*)?");
    }

    private JsonNode sent() {
        List<ReceivedRequest> posts = server.requests("POST", BUILD_DEPLOYMENTS);
        assertThat(posts).hasSize(1);
        return posts.get(0).json();
    }
}
