package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.BlockedThreads;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.time.Duration;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;

/**
 * A build that is aborted in each state of its deployment. What a step waits for comes only after the build has ended, so
 * a step that ends has not waited for it.
 */
class MkDeployAbortTest {

    private static final String NOTHING = "Aborted. No deployment was created: nothing had been sent.";
    private static final String PERHAPS =
            "Aborted while the request was on its way. Whether a deployment was created is"
                    + " not known. Check whether build 5139 was deployed (CORE_DV_HLS → DEPLOY_TO_DEV) on stand-in";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @Test
    void beforeItHasBegun() throws Exception {
        WorkflowRun run;
        try (LogRecorder log = new LogRecorder()
                        .record(AbortMessage.class, Level.WARNING)
                        .capture(10);
                BlockedThreads threads = BlockedThreads.ofThePlugin()) {
            run = Scripts.start(jenkins, Scripts.DEPLOY);
            jenkins.waitForMessage("[Pipeline] mkDeploy", run);

            abort(run);

            assertThat(log.getMessages()).singleElement().asString().contains(run.getExternalizableId(), NOTHING);
        }
        assertThat(Scripts.onlyAttempt(run).getReason()).isEqualTo(NOTHING);
        assertSilence();
        assertThat(server.requests())
                .noneMatch(request -> "5139".equals(request.query().get("build_id")));
    }

    @Test
    void whileItWaitsForTheBuild() throws Exception {
        WorkflowRun run = Scripts.start(jenkins, Scripts.DEPLOY.replace("5139", "5140") + ", waitForBuild: true");
        jenkins.waitForMessage("Waiting for build 5140: BUILDING 40 %", run);

        assertThat(abort(run)).contains(NOTHING);

        server.setBuild(5140, "FINISHED", 100, null);
        assertSilence();
    }

    @Test
    void whileItLooksForWhatIsThere() throws Exception {
        Hold hold = server.hold("GET", BUILD_DEPLOYMENTS);
        WorkflowRun run = Scripts.start(jenkins, Scripts.DEPLOY);
        server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);

        assertThat(abort(run)).contains(NOTHING);

        hold.release();
        assertSilence();
    }

    @Test
    void whileTheRequestIsOnItsWay() throws Exception {
        Hold hold = server.hold("POST", BUILD_DEPLOYMENTS);
        WorkflowRun run = Scripts.start(jenkins, Scripts.DEPLOY);
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);

        assertThat(abort(run)).contains(PERHAPS);

        hold.release();
        server.awaitDeployments(1, TestWaits.LIMIT);
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
    }

    @Test
    void whileTheAnswerIsOnItsWay() throws Exception {
        server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        WorkflowRun run = Scripts.start(jenkins, Scripts.DEPLOY);
        server.awaitDeployments(1, TestWaits.LIMIT);
        SHARED.time().holdAll();

        assertThat(abort(run)).contains("Aborted, but build deployment 1 was created. It is not recalled.");
        assertThat(Scripts.onlyAttempt(run).getId()).isEqualTo(1);
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
    }

    @Test
    void whileItLooksForALostRecord() throws Exception {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.dropBefore());
        WorkflowRun run = Scripts.start(jenkins, Scripts.DEPLOY);
        jenkins.waitForMessage("Looking for its record for up to 30 s", run);

        assertThat(abort(run)).contains(PERHAPS);
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
    }

    @Test
    void whileItWaitsToTryAgain() throws Exception {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.error(429, "Too many", "Retry-After", "60"));
        WorkflowRun run = Scripts.start(jenkins, Scripts.DEPLOY);
        jenkins.waitForMessage("trying again in 60 s", run);

        assertThat(abort(run)).contains("Aborted. No deployment was created");
        assertThat(server.deployments()).isEmpty();
    }

    @Test
    void byATimeOutOfTheScript() throws Exception {
        Hold hold = server.hold("GET", BUILD_DEPLOYMENTS);
        WorkflowRun run = Scripts.start(
                jenkins, "semaphore 'begin'\ntimeout(time: 1, unit: 'SECONDS') { " + Scripts.DEPLOY + " }");
        SemaphoreStep.waitForStart("begin/1", run);
        // The time is not over before the step has begun.
        try (BlockedThreads timer = BlockedThreads.ofTheTimer()) {
            SemaphoreStep.success("begin/1", null);
            server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
        }

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));

        assertThat(JenkinsRule.getLog(run)).contains(NOTHING);
        hold.release();
        assertSilence();
    }

    @Test
    void byTheFailureOfAnotherBranch() throws Exception {
        server.hold("GET", BUILD_DEPLOYMENTS);
        WorkflowRun run = Scripts.start(
                jenkins, "parallel failFast: true, a: { " + Scripts.DEPLOY + " }, b: { mkGetDeployment 99; }");

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));

        assertThat(JenkinsRule.getLog(run)).contains(NOTHING, "No record found for id '99'");
        assertSilence();
    }

    @Test
    void whileAReadingStepTriesAgain() throws Exception {
        server.fault("GET", BUILD_DEPLOYMENTS + "/1", 1, Fault.error(503, "Restarting", "Retry-After", "61"));
        WorkflowRun run = Scripts.start(jenkins, "mkGetDeployment 1");
        TestWaits.until(() -> SHARED.time().waiting().contains(Duration.ofSeconds(61)));

        assertThat(abort(run)).contains("trying again in 61 s");

        TestWaits.until(() -> SHARED.time().waiting().isEmpty());
        assertThat(server.requests("GET", BUILD_DEPLOYMENTS + "/1")).hasSize(1);
    }

    @Test
    void changesNothingOnceTheWorkIsDone() throws Exception {
        WorkflowRun run = Scripts.start(
                jenkins, "try { " + Scripts.DEPLOY + "\nsemaphore 'after' } catch (e) { echo \"ends $e\"; throw e }");
        SemaphoreStep.waitForStart("after/1", run);

        assertThat(abort(run)).doesNotContain("[MetaKraftwerk] Aborted");
        assertThat(server.deployments()).hasSize(1);
    }

    private String abort(WorkflowRun run) throws Exception {
        String log = Scripts.abort(jenkins, run);
        assertThat(log).doesNotContain("\tat ");
        return log;
    }

    /** Nothing was deployed, and nothing is while another run goes its whole way over the same threads. */
    private void assertSilence() throws Exception {
        Scripts.succeed(jenkins, "mkFindDeployments deploymentId: 32, patternId: 12");
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).isEmpty();
    }
}
