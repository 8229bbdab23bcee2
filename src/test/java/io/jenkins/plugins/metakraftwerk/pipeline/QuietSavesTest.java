package io.jenkins.plugins.metakraftwerk.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.TestExtension;
import org.kohsuke.stapler.DataBoundConstructor;

/** What goes well is no reason for a warning, also where a Pipeline ends before the last save that was asked for. */
class QuietSavesTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static volatile SavedProgram kept;

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    /** Keeps the program that it is part of. */
    public static class KeepStep extends Step {

        @DataBoundConstructor
        public KeepStep() {}

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronous(context, step -> {
                kept = new SavedProgram(step, step.get(Run.class));
                return null;
            });
        }

        /** Makes the step known. */
        @TestExtension
        public static class DescriptorImpl extends StepDescriptor {

            @Override
            public String getFunctionName() {
                return "keepProgram";
            }

            @Override
            @NonNull
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of(Run.class);
            }
        }
    }

    private static LogRecorder warnings() {
        return new LogRecorder()
                .record("io.jenkins.plugins.metakraftwerk", Level.WARNING)
                .capture(100);
    }

    @Test
    void manyStepsThatSkip() throws Exception {
        Scripts.succeed(jenkins, Scripts.DEPLOY);
        String skip = IntStream.rangeClosed(1, 20)
                .mapToObj(branch -> "branch" + branch + ": { " + Scripts.DEPLOY + ", skipIfDeployed: true }")
                .collect(Collectors.joining(", ", "parallel(", ")"));
        try (LogRecorder log = warnings()) {
            Scripts.succeed(jenkins, skip);
            assertThat(log.getMessages()).isEmpty();
        }
        assertThat(server.requests("POST", StandInServer.BUILD_DEPLOYMENTS)).hasSize(1);
    }

    private static boolean isRefused(ReadRetries.ReadCall<?> saved) {
        try {
            TestClients.begin(saved::read).join();
            return false;
        } catch (CompletionException e) {
            assertThat(e).hasMessageContaining("RejectedExecution");
            return true;
        }
    }

    @Test
    void aSaveThatComesAfterTheEnd() throws Exception {
        Scripts.succeed(jenkins, "keepProgram()");
        try (LogRecorder log = warnings()) {
            TestWaits.until("a save that comes too late", () -> isRefused(kept.hold(true)));
            assertThat(log.getMessages()).isEmpty();
        }
    }
}
