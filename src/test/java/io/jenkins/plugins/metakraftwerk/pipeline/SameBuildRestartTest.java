package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** What makes a build the same is on the disk. */
class SameBuildRestartTest {

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    private int posts() {
        return server.requests("POST", BUILD_DEPLOYMENTS).size();
    }

    private void lose(Fault fault) {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, fault);
        server.fault(request -> request.is("GET", BUILD_DEPLOYMENTS) && posts() > 0, 1, Fault.error(403, "Not now"));
    }

    private static Path idOf(int build) {
        return Jenkins.get()
                .getItemByFullName("deploy", WorkflowJob.class)
                .getBuildByNumber(build)
                .getRootDir()
                .toPath()
                .resolve("metakraftwerk-build-id");
    }

    private static void twoSteps(StandInServer server, JenkinsRule jenkins) throws Exception {
        WorkflowRun run = Scripts.start(
                server,
                jenkins,
                "catchError(buildResult: 'SUCCESS') { " + Scripts.DEPLOY + " }\nsemaphore 'between'\n" + Scripts.DEPLOY,
                FlowDurabilityHint.MAX_SURVIVABILITY);
        SemaphoreStep.waitForStart("between/1", run);
    }

    private void assertNotSentAgain(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = Scripts.onlyRun();
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("an attempt of deploy #1 ended unknown", run);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aSecondStepDoesNotSendAfterARestartEither() throws Throwable {
        lose(Fault.dropBefore());
        String[] id = new String[1];
        sessions.then(jenkins -> {
            twoSteps(server, jenkins);
            id[0] = Files.readString(idOf(1));
        });
        sessions.then(jenkins -> {
            SemaphoreStep.success("between/1", null);
            assertNotSentAgain(jenkins);
            assertThat(Files.readString(idOf(1))).isEqualTo(id[0]);
        });
    }

    @Test
    void theRecordReachesTheBuildOfAJobThatWasRenamedBeforeTheRestart() throws Throwable {
        lose(Fault.dropAfter());
        sessions.then(jenkins -> {
            WorkflowRun run = Scripts.start(server, jenkins, Scripts.DEPLOY, FlowDurabilityHint.MAX_SURVIVABILITY);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            assertThat(Scripts.onlyAttempt(run).getOutcome()).isEqualTo("UNKNOWN");
            run.getParent().renameTo("live");
            jenkins.createProject(WorkflowJob.class, "deploy")
                    .setDefinition(new CpsFlowDefinition(Scripts.DEPLOY, true));
        });
        sessions.then(jenkins -> {
            WorkflowRun other =
                    jenkins.buildAndAssertSuccess(Jenkins.get().getItemByFullName("deploy", WorkflowJob.class));
            jenkins.assertLogContains("the outcome of an attempt of live #1 was unknown", other);
            assertThat(posts()).isEqualTo(1);
            WorkflowRun first = Scripts.onlyRun("live");
            TestWaits.until(
                    "the record on the page of the first",
                    () -> "ADOPTED".equals(Scripts.onlyAttempt(first).getOutcome()));
        });
    }

    /** What may have been sent is remembered all the same, and the build that it was sent by goes by its place then. */
    @Test
    void whatWasBeingSentByABuildWhoseIdIsDamagedEndsUnknown() throws Throwable {
        server.hold("POST", BUILD_DEPLOYMENTS);
        Path[] id = new Path[1];
        sessions.then(jenkins -> {
            Scripts.start(
                    server,
                    jenkins,
                    "catchError(buildResult: 'SUCCESS') { " + Scripts.DEPLOY + " }\nsemaphore 'mended'\n"
                            + Scripts.DEPLOY,
                    FlowDurabilityHint.MAX_SURVIVABILITY);
            server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
            id[0] = idOf(1);
        });
        String good = Files.readString(id[0]);
        Files.writeString(id[0], "x");
        sessions.then(jenkins -> {
            WorkflowRun run = Scripts.onlyRun();
            SemaphoreStep.waitForStart("mended/1", run);
            jenkins.assertLogContains("Outcome unknown: What is in the file jobs/deploy/builds/1/", run);
            Files.writeString(id[0], good);
            SemaphoreStep.success("mended/1", null);
            assertNotSentAgain(jenkins);
        });
    }
}
