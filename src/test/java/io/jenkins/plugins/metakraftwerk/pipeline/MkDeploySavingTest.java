package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** {@code mkDeploy} sends nothing before it is on the disk that it is about to send. */
class MkDeploySavingTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @Test
    void waitsForTheProgramToBeSaved() throws Exception {
        Hold hold = server.hold("GET", BUILD_DEPLOYMENTS);
        BlockedPipeline.prepare();
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "parallel(deploy: { " + Scripts.DEPLOY + " }, block: { " + BlockedPipeline.HERE + " })", false));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        try {
            server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
            BlockedPipeline.await();
            hold.release();

            assertThat(Scripts.succeed(jenkins, Scripts.DEPLOY_AND_TELL)).contains("is 1 true");
            assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
        } finally {
            BlockedPipeline.end();
        }
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(2);
    }

    @Test
    void sendsNothingWhereTheProgramCannotBeSaved() throws Exception {
        String deploy = Scripts.DEPLOY.replace("5139", "5140") + ", waitForBuild: true";
        WorkflowRun run = Scripts.start(
                jenkins, "try { " + deploy + " } catch (e) { echo \"in doubt ${e.outcomeUnknown}\"; throw e }");
        jenkins.waitForMessage("Waiting for build 5140: BUILDING 40 %", run);
        // Answered by the thread that saves the program, so when that has nothing more to save for now.
        run.getExecution().getCurrentExecutions(true).get();
        Path program = run.getRootDir().toPath().resolve("program.dat");
        Files.delete(program);
        Files.createDirectories(program.resolve("in the way"));
        server.setBuild(5140, "FINISHED", 100, null);

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));

        assertThat(JenkinsRule.getLog(run)).contains("in doubt false", "could not go on", "Nothing was deployed.");
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).isEmpty();
    }
}
