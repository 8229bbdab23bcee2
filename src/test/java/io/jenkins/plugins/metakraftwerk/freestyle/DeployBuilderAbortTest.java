package io.jenkins.plugins.metakraftwerk.freestyle;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.metakraftwerk.build.BuildDeploymentsAction;
import io.jenkins.plugins.metakraftwerk.config.Setup;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A freestyle build that is aborted ends at once, and its log says what is left of it on the server. */
@WithJenkins
class DeployBuilderAbortTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static JenkinsRule jenkins;

    private StandInServer server;
    private FreeStyleProject job;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void startServer() throws Exception {
        server = StandInServer.start();
        Setup.systemCredential(Setup.secretText(CredentialsScope.SYSTEM, server.url(), server.token()));
        Setup.servers(Setup.server("main", server.url(), server.url()));
        job = jenkins.createFreeStyleProject();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private QueueTaskFuture<FreeStyleBuild> begin(String buildId) throws Exception {
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
        long begin = System.nanoTime();
        build.getExecutor().interrupt(Result.ABORTED);
        running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
        assertThat(JenkinsRule.getLog(build)).doesNotContain("\tat ");
        return jenkins.assertBuildStatus(Result.ABORTED, build);
    }

    @Test
    void whileItWaitsForTheBuild() throws Exception {
        QueueTaskFuture<FreeStyleBuild> running = begin("5140");
        server.awaitRequest("GET", "/api/v1/builds/5140", 1, PATIENCE);
        FreeStyleBuild build = abort(running);
        jenkins.assertLogContains("Aborted. No deployment was created: nothing had been sent.", build);
        assertThat(server.deployments()).isEmpty();
    }

    @Test
    void beforeTheRequestIsSent() throws Exception {
        server.hold("GET", BUILD_DEPLOYMENTS);
        QueueTaskFuture<FreeStyleBuild> running = begin("5139");
        server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, PATIENCE);
        FreeStyleBuild build = abort(running);
        jenkins.assertLogContains("Aborted. No deployment was created: nothing had been sent.", build);
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).isEmpty();
    }

    @Test
    void whileTheRequestIsOnItsWay() throws Exception {
        server.hold("POST", BUILD_DEPLOYMENTS);
        QueueTaskFuture<FreeStyleBuild> running = begin("5139");
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, PATIENCE);
        FreeStyleBuild build = abort(running);
        jenkins.assertLogContains(
                "Aborted while the request was on its way. Whether a deployment was created is not known. Check whether"
                        + " build 5139 was deployed (CORE_DV_HLS → DEPLOY_TO_DEV) on main",
                build);
    }

    @Test
    void whenTheServerHasDoneItsWork() throws Exception {
        server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        QueueTaskFuture<FreeStyleBuild> running = begin("5139");
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, PATIENCE);
        while (server.deployments().isEmpty()) {
            Thread.onSpinWait();
        }
        FreeStyleBuild build = abort(running);
        jenkins.assertLogContains("Aborted, but build deployment 1 was created. It is not recalled.", build);
        assertThat(build.getAction(BuildDeploymentsAction.class).getDeployments())
                .singleElement()
                .satisfies(shown -> assertThat(shown.getId()).isEqualTo(1));
    }
}
