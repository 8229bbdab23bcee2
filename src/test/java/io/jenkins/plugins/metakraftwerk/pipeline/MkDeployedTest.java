package io.jenkins.plugins.metakraftwerk.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;

/** The step mkDeployed: what this Jenkins deployed last, without a question to the server. */
class MkDeployedTest {

    static final String ASK = "def d = mkDeployed pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'\n"
            + "echo \"is ${d?.buildId} ${d?.jenkinsBuild?.fullDisplayName} before ${d?.previous?.buildId}\"\n";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    static String deploy(int build) {
        return "mkDeploy buildId: " + build + ", pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'\n";
    }

    static String log(JenkinsRule jenkins, WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return JenkinsRule.getLog(jenkins.buildAndAssertSuccess(job));
    }

    @Test
    void tellsWhatIsThereAndWhatWasBefore() throws Exception {
        server.acceptAnyBuild();
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "app");
        assertThat(log(jenkins, job, ASK)).contains("is null null before null");
        assertThat(log(jenkins, job, deploy(1) + deploy(2) + deploy(2) + ASK)).contains("is 2 app #2 before 1");
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
    }

    /** Of the two, the server made the record of the second later, whatever the order of its answers. */
    @Test
    void tellsWhatIsThereWhereAnswersComeInAnotherOrder() throws Exception {
        server.acceptAnyBuild();
        Hold answer = server.holdAnswer("POST", StandInServer.BUILD_DEPLOYMENTS);
        WorkflowRun slow = Scripts.start(jenkins, deploy(6201));
        server.awaitDeployments(1, TestWaits.LIMIT);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "fast");
        log(jenkins, job, deploy(6202));
        answer.release();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(slow));
        assertThat(log(jenkins, job, ASK)).contains("is 6202 fast #1 before 6201");
    }

    @Test
    void seesItsOwnFolderAndWhatIsBelow() throws Exception {
        server.acceptAnyBuild();
        MockFolder folder = jenkins.createFolder("team");
        WorkflowJob above = jenkins.createProject(WorkflowJob.class, "above");
        WorkflowJob in = folder.createProject(WorkflowJob.class, "in");
        WorkflowJob below = folder.createProject(MockFolder.class, "sub").createProject(WorkflowJob.class, "below");
        log(jenkins, above, deploy(1));
        assertThat(log(jenkins, in, ASK)).contains("is null");
        log(jenkins, below, deploy(2));
        assertThat(log(jenkins, in, ASK)).contains("is 2 team » sub » below #1");
        assertThat(log(jenkins, above, ASK)).contains("is 1 above #1");
    }

    @Test
    void refusesWhatItCannotUse() throws Exception {
        assertRefused(jenkins, "mkDeployed pattern: 'A'", "deployment or deploymentId");
        assertRefused(jenkins, "mkDeployed patternId: 'x', deploymentId: 1", "'x'");
        assertRefused(jenkins, "mkDeployed patternId: 1, deploymentId: 1, server: ''", "server is given, but empty");
        assertRefused(jenkins, "mkDeployed patternId: 1, deploymentId: 1, server: 'no'", "'no'");
        assertRefused(
                jenkins,
                "mkDeployed patternId: 1, deploymentId: 1, credentialsId: 'x'",
                "mkDeployed has no argument 'credentialsId'");
    }

    private static void assertRefused(JenkinsRule jenkins, String script, String reason) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(JenkinsRule.getLog(run)).contains(reason).doesNotContain("\tat ");
    }
}
