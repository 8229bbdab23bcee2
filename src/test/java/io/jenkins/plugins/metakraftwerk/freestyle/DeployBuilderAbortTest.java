package io.jenkins.plugins.metakraftwerk.freestyle;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.metakraftwerk.fixture.BlockedThreads;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.run.AttemptInBuild;
import io.jenkins.plugins.metakraftwerk.run.BuildDeploymentsAction;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * A freestyle build that is aborted ends while the server keeps whatever the build waits for, and its log says what is
 * left of it on the server.
 */
class DeployBuilderAbortTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    private QueueTaskFuture<FreeStyleBuild> begin(String buildId) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        DeployBuilder step = new DeployBuilder(buildId);
        step.setPattern(PATTERN);
        step.setDeployment(DEV);
        step.setWaitForBuild(true);
        job.getBuildersList().add(step);
        QueueTaskFuture<FreeStyleBuild> future = job.scheduleBuild2(0);
        future.waitForStart();
        return future;
    }

    private FreeStyleBuild abort(QueueTaskFuture<FreeStyleBuild> running) throws Exception {
        FreeStyleBuild build = running.waitForStart();
        build.getExecutor().interrupt(Result.ABORTED);
        running.get(TestWaits.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(JenkinsRule.getLog(build)).doesNotContain("\tat ");
        return jenkins.assertBuildStatus(Result.ABORTED, build);
    }

    @Test
    void whileItWaitsForTheBuild() throws Exception {
        QueueTaskFuture<FreeStyleBuild> running = begin("5140");
        server.awaitRequest("GET", "/api/v1/builds/5140", 1, TestWaits.LIMIT);
        FreeStyleBuild build = abort(running);
        jenkins.assertLogContains("Aborted. No deployment was created: nothing had been sent.", build);
        assertThat(server.deployments()).isEmpty();
    }

    @Test
    void beforeTheRequestIsSent() throws Exception {
        server.hold("GET", BUILD_DEPLOYMENTS);
        QueueTaskFuture<FreeStyleBuild> running = begin("5139");
        server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
        FreeStyleBuild build = abort(running);
        jenkins.assertLogContains("Aborted. No deployment was created: nothing had been sent.", build);
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).isEmpty();
    }

    @Test
    void whileTheRequestIsOnItsWay() throws Exception {
        server.hold("POST", BUILD_DEPLOYMENTS);
        QueueTaskFuture<FreeStyleBuild> running = begin("5139");
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
        FreeStyleBuild build = abort(running);
        jenkins.assertLogContains(
                "Aborted while the request was on its way. Whether a deployment was created is not known. Check whether"
                        + " build 5139 was deployed (CORE_DV_HLS → DEPLOY_TO_DEV) on stand-in",
                build);
    }

    @Test
    void whenTheServerHasDoneItsWork() throws Exception {
        server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        QueueTaskFuture<FreeStyleBuild> running = begin("5139");
        server.awaitDeployments(1, TestWaits.LIMIT);
        SHARED.time().holdAll();
        FreeStyleBuild build = abort(running);
        jenkins.assertLogContains("Aborted, but build deployment 1 was created. It is not recalled.", build);
        assertThat(onlyAttempt(build).getId()).isEqualTo(1);
    }

    private FreeStyleBuild abortWhileThreadsAreHeld(QueueTaskFuture<FreeStyleBuild> running) throws Exception {
        try (BlockedThreads held = BlockedThreads.ofThePlugin()) {
            return abort(running);
        }
    }

    @Test
    void thoughEveryThreadThatMayBlockIsHeld() throws Exception {
        Hold hold = server.hold("POST", BUILD_DEPLOYMENTS);
        QueueTaskFuture<FreeStyleBuild> running = begin("5139");
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
        FreeStyleBuild build = abortWhileThreadsAreHeld(running);
        jenkins.assertLogContains("Whether a deployment was created is not known", build);
        assertThat(onlyAttempt(build).getOutcome()).isEqualTo("UNKNOWN");

        hold.release();
        TestWaits.until(
                "the late answer", () -> "CREATED".equals(onlyAttempt(build).getOutcome()));
    }

    @Test
    void andAFailureIsShownOnItsPageToo() throws Exception {
        QueueTaskFuture<FreeStyleBuild> running = begin("5141");
        FreeStyleBuild build = jenkins.assertBuildStatus(Result.FAILURE, running.get());
        assertThat(onlyAttempt(build).getOutcome()).isEqualTo("FAILED");
        assertThat(onlyAttempt(build).getReason()).contains("FAILED and cannot be deployed");
    }

    /** As soon as it is on the page, which may come when the build has ended. */
    private static AttemptInBuild onlyAttempt(FreeStyleBuild build) {
        TestWaits.until(
                "something on the page",
                () -> build.getAction(BuildDeploymentsAction.class) != null
                        && !build.getAction(BuildDeploymentsAction.class)
                                .getDeployments()
                                .isEmpty());
        assertThat(build.getAction(BuildDeploymentsAction.class).getDeployments())
                .hasSize(1);
        return build.getAction(BuildDeploymentsAction.class).getDeployments().get(0);
    }
}
