package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.model.Result;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Runs scripts as Pipelines, in the sandbox, each as a job of its own. */
final class Scripts {

    /** The example that the documentation begins with. */
    static final String DEPLOY = "mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'";

    private Scripts() {}

    static WorkflowJob job(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    static WorkflowRun start(JenkinsRule jenkins, String script) throws Exception {
        return job(jenkins, script).scheduleBuild2(0).waitForStart();
    }

    /** The log of a run that succeeds. */
    static String succeed(JenkinsRule jenkins, String script) throws Exception {
        return JenkinsRule.getLog(jenkins.buildAndAssertSuccess(job(jenkins, script)));
    }

    /** The log of a run that fails. */
    static String fail(JenkinsRule jenkins, String script) throws Exception {
        return JenkinsRule.getLog(jenkins.buildAndAssertStatus(Result.FAILURE, job(jenkins, script)));
    }

    /** The run of a job that was started in an earlier session. */
    static WorkflowRun onlyRun(String job) {
        return Jenkins.get().getItemByFullName(job, WorkflowJob.class).getBuildByNumber(1);
    }
}
