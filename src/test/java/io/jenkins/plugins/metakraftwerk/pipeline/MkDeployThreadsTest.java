package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.console.LineTransformationOutputStream;
import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.client.HttpTransport;
import io.jenkins.plugins.metakraftwerk.fixture.BlockedThreads;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.server.PluginThreads;
import io.jenkins.plugins.metakraftwerk.server.PluginTime;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.log.TaskListenerDecorator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.TestExtension;

/** What blocks holds up nothing but itself: neither the reading of answers nor an abort. */
class MkDeployThreadsTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @Test
    void anAnswerIsReadThoughEveryThreadThatMayBlockIsHeld() throws Exception {
        Hold hold = server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        try (PluginTime time = new PluginTime();
                LogRecorder calls = new LogRecorder()
                        .record(HttpTransport.class, Level.FINE)
                        .capture(100)) {
            WorkflowRun run = Scripts.start(jenkins, Scripts.DEPLOY_AND_TELL);
            server.awaitDeployments(1, TestWaits.LIMIT);
            try (BlockedThreads held = BlockedThreads.ofThePlugin()) {
                hold.release();
                TestWaits.until(
                        "an answer that was read",
                        () -> calls.getMessages().stream()
                                .anyMatch(line -> line.startsWith("POST ") && line.contains(" answered")
                                        || line.startsWith("POST ") && line.endsWith("was answered")));
                // The time of the call is over now, and that of the search for a lost answer.
                time.end(HttpTransport.ANSWER_TIMEOUT);
            }
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

            assertThat(JenkinsRule.getLog(run))
                    .contains("is 1 true", "was created on")
                    .doesNotContain("did not answer");
        }
    }

    @Test
    void linesAreWrittenOnlyWhereItMayBlock() throws Exception {
        WritingThreads.NAMES.clear();
        server.fault("GET", BUILD_DEPLOYMENTS, 1, Fault.error(503, "Restarting", "Retry-After", "1"));
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.error(429, "Too many", "Retry-After", "1"));
        server.fault(
                request -> request.is("POST", BUILD_DEPLOYMENTS)
                        && server.requests("POST", BUILD_DEPLOYMENTS).size() == 2,
                1,
                Fault.dropAfter());
        String waiting = Scripts.DEPLOY.replace("5139", "5140") + ", waitForBuild: true";
        WorkflowRun run = Scripts.start(
                jenkins, Scripts.DEPLOY + "\nmkGetDeployment 1\nmkFindDeployments buildId: 5139\n" + waiting);
        jenkins.waitForMessage("Waiting for build 5140", run);
        server.setBuild(5140, "FINISHED", 100, null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

        assertThat(JenkinsRule.getLog(run))
                .contains("trying again in 1 s", "The request may have been carried out", "Found build deployment 1");
        assertThat(WritingThreads.NAMES).isNotEmpty().allMatch(name -> name.startsWith(PluginThreads.WORK));
    }

    @Test
    void anAbortEndsThoughEveryThreadThatMayBlockIsHeld() throws Exception {
        Hold hold = server.hold("POST", BUILD_DEPLOYMENTS);
        WorkflowRun run = Scripts.start(jenkins, Scripts.DEPLOY);
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
        try (LogRecorder log = new LogRecorder()
                        .record(AbortMessage.class, Level.WARNING)
                        .capture(10);
                BlockedThreads held = BlockedThreads.ofThePlugin()) {

            Scripts.abort(jenkins, run);

            assertThat(log.getMessages())
                    .singleElement()
                    .asString()
                    .contains(run.getExternalizableId(), "Whether a deployment was created is not known");
        }
        assertThat(Scripts.onlyAttempt(run).getOutcome()).isEqualTo("UNKNOWN");
        assertThat(Scripts.onlyAttempt(run).getReason()).contains("Whether a deployment was created is not known");

        hold.release();
        TestWaits.until(
                "the late answer",
                () -> "CREATED".equals(Scripts.onlyAttempt(run).getOutcome()));
        assertThat(Scripts.onlyAttempt(run).getId()).isEqualTo(1);
        jenkins.assertBuildStatus(Result.ABORTED, run);
    }

    /** Notes on which threads the lines of the plugin are written. */
    private static final class WritingThreads extends TaskListenerDecorator {

        private static final long serialVersionUID = 1L;
        private static final List<String> NAMES = new CopyOnWriteArrayList<>();

        @Override
        public OutputStream decorate(OutputStream logger) {
            return new LineTransformationOutputStream.Delegating(logger) {
                @Override
                protected void eol(byte[] line, int length) throws IOException {
                    if (new String(line, 0, length, StandardCharsets.UTF_8).startsWith("[MetaKraftwerk] ")) {
                        NAMES.add(Thread.currentThread().getName());
                    }
                    out.write(line, 0, length);
                }
            };
        }
    }

    @TestExtension
    public static final class EachLog implements TaskListenerDecorator.Factory {
        @Override
        public TaskListenerDecorator of(FlowExecutionOwner owner) {
            return new WritingThreads();
        }
    }
}
