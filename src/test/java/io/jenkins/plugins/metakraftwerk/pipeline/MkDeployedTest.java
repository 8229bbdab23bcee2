package io.jenkins.plugins.metakraftwerk.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;

/** The step mkDeployed: what this Jenkins deployed last, without a question to the server. */
class MkDeployedTest {

    private static final String ASK = "def d = mkDeployed pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'\n"
            + "echo \"is ${d?.buildId} ${d?.jenkinsBuild?.fullDisplayName} before ${d?.previous?.buildId}\"\n";

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    private static String deploy(int build) {
        return "mkDeploy buildId: " + build + ", pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'\n";
    }

    private static String log(JenkinsRule jenkins, WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return JenkinsRule.getLog(jenkins.buildAndAssertSuccess(job));
    }

    @Test
    void tellsWhatIsThereAndWhatWasBefore() throws Throwable {
        server.acceptAnyBuild();
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "app");
            assertThat(log(jenkins, job, ASK)).contains("is null null before null");
            assertThat(log(jenkins, job, deploy(1) + deploy(2) + deploy(2) + ASK))
                    .contains("is 2 app #2 before 1");
            server.clearRequests();
            assertThat(
                            log(
                                    jenkins,
                                    job,
                                    ASK.replace("pattern: 'CORE_DV_HLS'", "patternId: 11")
                                            + "echo \"${d.server} ${d.outcome} ${d.deployedAt} ${d.pattern} ${d.users} ${d.jenkinsBuild.url}\""))
                    .contains("is 2 app #2 before 1")
                    .containsPattern(
                            Setup.SERVER + " CREATED \\d{4}-\\d\\d-\\d\\dT\\S+Z CORE_DV_HLS \\[] http\\S+/job/app/2/");
            assertThat(server.requests()).isEmpty();
        });
    }

    @Test
    void seesItsOwnFolderAndWhatIsBelow() throws Throwable {
        server.acceptAnyBuild();
        sessions.then(jenkins -> {
            MockFolder folder = jenkins.createFolder("team");
            WorkflowJob above = jenkins.createProject(WorkflowJob.class, "above");
            WorkflowJob in = folder.createProject(WorkflowJob.class, "in");
            WorkflowJob below = folder.createProject(MockFolder.class, "sub").createProject(WorkflowJob.class, "below");
            log(jenkins, above, deploy(1));
            assertThat(log(jenkins, in, ASK)).contains("is null");
            log(jenkins, below, deploy(2));
            assertThat(log(jenkins, in, ASK)).contains("is 2 team » sub » below #1");
            assertThat(log(jenkins, above, ASK)).contains("is 1 above #1");
        });
    }

    @Test
    void isKeptAcrossARestart() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "app");
            job.setDefinition(new CpsFlowDefinition(
                    deploy(5139) + ASK + "semaphore 'wait'\necho \"still ${d.buildId} ${d.jenkinsBuild}\"", true));
            SemaphoreStep.waitForStart("wait/1", job.scheduleBuild2(0).waitForStart());
        });
        sessions.then(jenkins -> {
            SemaphoreStep.success("wait/1", null);
            WorkflowJob job = jenkins.jenkins.getItemByFullName("app", WorkflowJob.class);
            WorkflowRun run = jenkins.waitForCompletion(job.getLastBuild());
            assertThat(JenkinsRule.getLog(run)).contains("still 5139 app #1");
            assertThat(log(jenkins, job, ASK)).contains("is 5139 app #1");
        });
    }

    @Test
    void refusesWhatItCannotUse() throws Throwable {
        sessions.then(jenkins -> {
            assertRefused(jenkins, "mkDeployed pattern: 'A'", "deployment or deploymentId");
            assertRefused(jenkins, "mkDeployed patternId: 'x', deploymentId: 1", "'x'");
            assertRefused(
                    jenkins, "mkDeployed patternId: 1, deploymentId: 1, server: ''", "server is given, but empty");
            assertRefused(jenkins, "mkDeployed patternId: 1, deploymentId: 1, server: 'no'", "'no'");
            assertRefused(
                    jenkins,
                    "mkDeployed patternId: 1, deploymentId: 1, credentialsId: 'x'",
                    "mkDeployed has no argument 'credentialsId'");
        });
    }

    private static void assertRefused(JenkinsRule jenkins, String script, String reason) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(JenkinsRule.getLog(run)).contains(reason).doesNotContain("\tat ");
    }
}
