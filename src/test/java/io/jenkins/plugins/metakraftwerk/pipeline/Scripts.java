package io.jenkins.plugins.metakraftwerk.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Executor;
import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.run.AttemptInBuild;
import io.jenkins.plugins.metakraftwerk.run.BuildDeploymentsAction;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.jvnet.hudson.test.JenkinsRule;

/** Runs scripts as Pipelines, in the sandbox, each as a job of its own. */
final class Scripts {

    /** The example that the documentation begins with. */
    static final String DEPLOY = "mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'";

    /** The same, and says what it got. */
    static final String DEPLOY_AND_TELL = "def r = " + DEPLOY + "\necho \"is ${r.id} ${r.created}\"";

    /** The name of the job that outlives a session. */
    private static final String JOB = "deploy";

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

    /** The log of a run that is aborted, once it has ended. */
    static String abort(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        // A run that has just been started or resumed has no executor yet that could be told to stop: the button would
        // do nothing, or kill the run without asking its steps.
        TestWaits.until("an executor of " + run, () -> {
            Executor executor = run.getOneOffExecutor();
            return executor != null && executor.getAsynchronousExecution() != null;
        });
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        return JenkinsRule.getLog(run);
    }

    /** Starts the job that outlives a session, in a Jenkins that knows the server. */
    static WorkflowRun start(StandInServer server, JenkinsRule jenkins, String script, FlowDurabilityHint durability)
            throws Exception {
        Setup.standIn(server);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, JOB);
        job.addProperty(new DurabilityHintJobProperty(durability));
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    /** The run of the job that outlives a session. */
    static WorkflowRun onlyRun() {
        return onlyRun(JOB);
    }

    static WorkflowRun onlyRun(String job) {
        return Jenkins.get().getItemByFullName(job, WorkflowJob.class).getBuildByNumber(1);
    }

    /** Waits for the run of the job that outlives a session, which is to tell what it deployed. */
    static void assertDeployedOnce(StandInServer server, JenkinsRule jenkins) throws Exception {
        WorkflowRun run = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(onlyRun()));
        assertThat(JenkinsRule.getLog(run)).contains("is 1 true");
        assertThat(server.requests("POST", StandInServer.BUILD_DEPLOYMENTS)).hasSize(1);
        assertThat(server.deployments()).hasSize(1);
    }

    /** What a run has on its page, as soon as there is anything; it may come when the run has ended. */
    static List<AttemptInBuild> attempts(WorkflowRun run) {
        TestWaits.until(
                "something on the page of " + run,
                () -> run.getAction(BuildDeploymentsAction.class) != null
                        && !run.getAction(BuildDeploymentsAction.class)
                                .getDeployments()
                                .isEmpty());
        return run.getAction(BuildDeploymentsAction.class).getDeployments();
    }

    static AttemptInBuild onlyAttempt(WorkflowRun run) {
        assertThat(attempts(run)).hasSize(1);
        return attempts(run).get(0);
    }
}
