package io.jenkins.plugins.metakraftwerk.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** What mkDeployed tells after a restart, and what it told before. */
class MkDeployedRestartTest {

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    @Test
    void isKeptAcrossARestart() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "app");
            job.setDefinition(new CpsFlowDefinition(
                    MkDeployedTest.deploy(5139) + MkDeployedTest.ASK
                            + "semaphore 'wait'\necho \"still ${d.buildId} ${d.jenkinsBuild}\"",
                    true));
            SemaphoreStep.waitForStart("wait/1", job.scheduleBuild2(0).waitForStart());
        });
        sessions.then(jenkins -> {
            SemaphoreStep.success("wait/1", null);
            WorkflowJob job = jenkins.jenkins.getItemByFullName("app", WorkflowJob.class);
            WorkflowRun run = jenkins.waitForCompletion(job.getLastBuild());
            assertThat(JenkinsRule.getLog(run)).contains("still 5139 app #1");
            assertThat(MkDeployedTest.log(jenkins, job, MkDeployedTest.ASK)).contains("is 5139 app #1");
        });
    }
}
