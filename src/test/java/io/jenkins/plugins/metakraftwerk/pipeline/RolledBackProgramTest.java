package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.run.AttemptInBuild;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A crash brings a program back as it was before its step began: nobody goes on with that, and nobody begins it anew. */
class RolledBackProgramTest {

    private static final String FAILS_OR_DEPLOYS = "semaphore 'before'\n" + Scripts.DEPLOY;

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    @TempDir
    private Path saved;

    private Path folder;

    /** Runs until a request comes, stops, and puts back what a stop had saved before the step began. */
    private void rollBack(String method) throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = Scripts.start(server, jenkins, FAILS_OR_DEPLOYS, FlowDurabilityHint.MAX_SURVIVABILITY);
            SemaphoreStep.waitForStart("before/1", run);
            folder = run.getRootDir().toPath();
        });
        copy(folder, saved);
        sessions.then(jenkins -> {
            SemaphoreStep.success("before/1", null);
            server.awaitRequest(method, BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
        });
        copy(saved, folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        FileUtils.copyDirectory(from.toFile(), to.toFile());
    }

    /** What its page tells as soon as it has failed, without waiting any longer. */
    private void assertTells(String outcome, String reason) throws Throwable {
        sessions.then(jenkins -> {
            SemaphoreStep.failure("before/1", new IOException("another way"));
            WorkflowRun run = Scripts.onlyRun();
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            AttemptInBuild left = Scripts.onlyAttempt(run);
            assertThat(left.getOutcome()).isEqualTo(outcome);
            assertThat(left.getReason()).isEqualTo(reason);
        });
    }

    @Test
    void whatItHadSentIsFoundWhenItsBuildIsOver() throws Throwable {
        server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        rollBack("POST");
        server.awaitDeployments(1, TestWaits.LIMIT);
        assertTells("ADOPTED", null);
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
    }

    @Test
    void whatItHadNotSentHasFailedWhenItsBuildIsOver() throws Throwable {
        server.hold("GET", BUILD_DEPLOYMENTS);
        rollBack("GET");
        assertTells(
                "FAILED",
                "Jenkins ended before this attempt did. Nothing was deployed: nothing had been sent, or the server had"
                        + " refused it.");
    }
}
