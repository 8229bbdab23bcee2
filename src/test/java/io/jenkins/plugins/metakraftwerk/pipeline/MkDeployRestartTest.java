package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.JenkinsWithStandIn;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * A controller that is restarted in good order while a deployment is in each of its states. The stand-in server lives on,
 * and so do, since all is one process here, the requests that the earlier session left behind.
 */
class MkDeployRestartTest {

    private static final String JOB = "deploy";
    private static final String SCRIPT = "def r = " + Scripts.DEPLOY + "\necho \"is ${r.id} ${r.created}\"";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private StandInServer server;

    @BeforeEach
    void startServer() {
        server = StandInServer.start();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void waitsOnForTheBuild(FlowDurabilityHint durability) throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = start(
                    jenkins,
                    SCRIPT.replace("5139", "5140").replace("\necho", ", waitForBuild: true\necho"),
                    durability);
            jenkins.waitForMessage("Waiting for build 5140: BUILDING 40 %", run);
        });
        server.setBuild(5140, "FINISHED", 100, null);

        sessions.then(jenkins -> deployedOnce(jenkins));
    }

    @ParameterizedTest
    @EnumSource
    void sendsWhatWasPlanned(FlowDurabilityHint durability) throws Throwable {
        Hold hold = server.hold("GET", BUILD_DEPLOYMENTS);
        sessions.then(jenkins -> {
            start(jenkins, SCRIPT, durability);
            server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, Waits.LIMIT);
        });
        // The session that is over hears the answer now, and must not act on it.
        hold.release();

        sessions.then(jenkins -> deployedOnce(jenkins));
    }

    @ParameterizedTest
    @EnumSource
    void looksForWhatWasBeingSent(FlowDurabilityHint durability) throws Throwable {
        Hold hold = server.hold("POST", BUILD_DEPLOYMENTS);
        sessions.then(jenkins -> {
            start(jenkins, SCRIPT, durability);
            server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, Waits.LIMIT);
        });

        sessions.then(jenkins -> {
            jenkins.waitForMessage("Looking for its record instead of sending again", Scripts.onlyRun(JOB));
            server.awaitRequest("GET", BUILD_DEPLOYMENTS, 2, Waits.LIMIT);
            hold.release();
            deployedOnce(jenkins);
        });
    }

    @ParameterizedTest
    @EnumSource
    void adoptsWhatWasSentAndNotAnswered(FlowDurabilityHint durability) throws Throwable {
        Hold hold = server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        sessions.then(jenkins -> {
            start(jenkins, SCRIPT, durability);
            server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, Waits.LIMIT);
        });
        hold.release();

        sessions.then(jenkins -> {
            deployedOnce(jenkins);
            assertThat(JenkinsRule.getLog(Scripts.onlyRun(JOB))).contains("Found build deployment 1");
        });
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheResultOfWhatIsDone(FlowDurabilityHint durability) throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = start(
                    jenkins,
                    "def r = " + Scripts.DEPLOY + ", agentGroup: 'DEV_AGENTS'\nsemaphore 'done'\n"
                            + "echo \"is ${r.id} ${r.created}\"\n"
                            + "echo \"all ${[r.buildId, r.patternId, r.deploymentId, r.uploadId, r.agentId, r.agentGroupId]}\"",
                    durability);
            SemaphoreStep.waitForStart("done/1", run);
        });

        sessions.then(jenkins -> {
            SemaphoreStep.success("done/1", null);
            deployedOnce(jenkins);
            assertThat(JenkinsRule.getLog(Scripts.onlyRun(JOB))).contains("all [5139, 11, 21, 7001, null, 41]");
        });
    }

    @Test
    void sendsAfterARefusalThatARestartInterrupted() throws Throwable {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.error(429, "Too many", "Retry-After", "60"));
        sessions.then(jenkins -> jenkins.waitForMessage(
                "Trying again in 60 s", start(jenkins, SCRIPT, FlowDurabilityHint.MAX_SURVIVABILITY)));

        sessions.then(jenkins -> {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(Scripts.onlyRun(JOB)));
            assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(2);
            assertThat(server.deployments()).hasSize(1);
        });
    }

    @Test
    void givesEachBranchARecordOfItsOwn() throws Throwable {
        Hold[] holds = {
            server.holdAnswer("POST", BUILD_DEPLOYMENTS),
            server.holdAnswer("POST", BUILD_DEPLOYMENTS),
            server.holdAnswer("POST", BUILD_DEPLOYMENTS)
        };
        sessions.then(jenkins -> {
            String branch = ": { echo \"is ${(" + Scripts.DEPLOY.replace("mkDeploy ", "mkDeploy(") + ")).id}\" }";
            start(
                    jenkins,
                    "parallel a" + branch + ", b" + branch + ", c" + branch,
                    FlowDurabilityHint.MAX_SURVIVABILITY);
            server.awaitRequest("POST", BUILD_DEPLOYMENTS, 3, Waits.LIMIT);
        });
        for (Hold hold : holds) {
            hold.release();
        }

        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(Scripts.onlyRun(JOB)));
            assertThat(JenkinsRule.getLog(run)).contains("is 1", "is 2", "is 3");
            assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(3);
            assertThat(server.deployments()).hasSize(3);
        });
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhereItCannotLook() throws Throwable {
        server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        sessions.then(jenkins -> {
            start(
                    jenkins,
                    "try { " + Scripts.DEPLOY + ", credentialsId: 'mk-account' } catch (e) {"
                            + " echo \"unknown ${e.outcomeUnknown}: ${e.message}\" }",
                    FlowDurabilityHint.MAX_SURVIVABILITY);
            server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, Waits.LIMIT);
            JenkinsWithStandIn.removeCredential(JenkinsWithStandIn.ACCOUNT_ID);
        });

        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(Scripts.onlyRun(JOB)));
            assertThat(JenkinsRule.getLog(run))
                    .contains("unknown true: Outcome unknown: There is no usable credential with the id 'mk-account'")
                    .contains("Check whether build 5139 was deployed");
            assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
        });
    }

    @Test
    void readsAgainWhatWasBeingRead() throws Throwable {
        server.addBuildDeployment(5139, 11, 21, null, null);
        server.hold("GET", BUILD_DEPLOYMENTS + "/1");
        sessions.then(jenkins -> {
            start(jenkins, "echo \"is ${mkGetDeployment(id: 1).buildId}\"", FlowDurabilityHint.MAX_SURVIVABILITY);
            server.awaitRequest("GET", BUILD_DEPLOYMENTS + "/1", 1, Waits.LIMIT);
        });

        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(Scripts.onlyRun(JOB)));
            assertThat(JenkinsRule.getLog(run)).contains("is 5139");
        });
    }

    private WorkflowRun start(JenkinsRule jenkins, String script, FlowDurabilityHint durability) throws Exception {
        JenkinsWithStandIn.configure(server);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, JOB);
        job.addProperty(new DurabilityHintJobProperty(durability));
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private void deployedOnce(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(Scripts.onlyRun(JOB)));
        assertThat(JenkinsRule.getLog(run)).contains("is 1 true");
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
        assertThat(server.deployments()).hasSize(1);
    }
}
