package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.pipeline.StepsInEachState.State;
import io.jenkins.plugins.metakraftwerk.run.AttemptInBuild;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.log.TaskListenerDecorator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/**
 * A controller that comes back, with a step in each of its states, and does not have what the steps need: neither at
 * first, nor, for some, later. Whatever the steps say then, no build is deployed twice.
 */
class MkDeployResumeTest {

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    @AutoClose
    private final StepsInEachState steps = new StepsInEachState(server);

    @ParameterizedTest
    @ValueSource(
            strings = {"is no longer configured.", "does not lend its credential", "There is no usable credential"})
    void whatNeverComesEndsInTruth(String missing) throws Throwable {
        sessions.then(jenkins -> {
            steps.start(jenkins);
            takeAway(missing);
        });
        sessions.time().holdAll();

        sessions.then(jenkins -> {
            StepsInEachState.assertDoneAtOnce(jenkins);
            StepsInEachState.awaitThatTheyWait(jenkins);
            assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(3);
            StepsInEachState.waitInVain(sessions.time());
            for (State state : StepsInEachState.OPEN) {
                state.awaitThatItFailed();
                assertTruth(state, missing + ".*Gave up after trying for 12\\d s\\.");
            }
            StepsInEachState.Vault.opens(server.token());
            Setup.standIn(server);
            StepsInEachState.OPEN.forEach(State::tryAgain);
            steps.assertEachIsDeployedOnce(jenkins);
        });
    }

    private void takeAway(String missing) {
        if (missing.contains("configured")) {
            Setup.servers();
        } else if (missing.contains("lend")) {
            Setup.servers(Setup.restricted(Setup.SERVER, server.url(), StepsInEachState.VAULT_ID));
        } else {
            StepsInEachState.Vault.shuts();
        }
    }

    /** What the script and the page have of a step that could not go on. */
    private static void assertTruth(State state, String reason) throws Exception {
        AttemptInBuild shown = Scripts.onlyAttempt(state.run());
        assertThat(shown.getReason()).containsPattern(reason);
        assertThat(shown.getOutcome()).isEqualTo(state.mayHaveSent() ? "UNKNOWN" : "FAILED");
        assertThat(JenkinsRule.getLog(state.run()))
                .containsPattern(
                        state.mayHaveSent()
                                ? "unknown true: Outcome unknown: .*" + reason + " Check whether build " + state.build()
                                : "unknown false: .*" + reason + " Nothing was sent\\.");
    }

    /** A store of credentials that Jenkins loads after the builds that need it. */
    @Test
    void whatComesAMinuteLateIsWaitedFor() throws Throwable {
        sessions.then(steps::start);
        StepsInEachState.Vault.shuts();
        sessions.time().holdAll();

        sessions.then(jenkins -> {
            StepsInEachState.assertDoneAtOnce(jenkins);
            StepsInEachState.awaitThatTheyWait(jenkins);
            StepsInEachState.Vault.opens(server.token());
            sessions.time().skip(Duration.ofMinutes(1));
            sessions.time().goOn();
            steps.assertEachIsDeployedOnce(jenkins);
            for (State state : StepsInEachState.OPEN) {
                assertThat(JenkinsRule.getLog(state.run())).doesNotContain("unknown true", "unknown false");
                assertThat(Scripts.onlyAttempt(state.run()).getOutcome())
                        .isEqualTo(state.mayHaveSent() ? "ADOPTED" : "CREATED");
            }
        });
    }

    @Test
    void anAbortWhileItWaitsTellsTheTruth() throws Throwable {
        sessions.then(steps::start);
        StepsInEachState.Vault.shuts();
        sessions.time().holdAll();

        sessions.then(jenkins -> {
            StepsInEachState.awaitThatTheyWait(jenkins);
            for (State state : StepsInEachState.OPEN) {
                String said = state.mayHaveSent()
                        ? "Whether a deployment was created is not known. Check whether build " + state.build()
                        : "Aborted. No deployment was created: nothing had been sent.";
                assertThat(Scripts.abort(jenkins, state.run())).contains(said);
                assertThat(Scripts.onlyAttempt(state.run()).getOutcome())
                        .isEqualTo(state.mayHaveSent() ? "UNKNOWN" : "FAILED");
            }
            assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(3);
        });
    }

    /** As of a class that another plugin does not have any more. */
    @Test
    void anErrorBeforeAnythingBeginsTellsTheTruthToo() throws Throwable {
        sessions.then(steps::start);
        BrokenLog.broken = true;

        sessions.then(jenkins -> {
            StepsInEachState.assertDoneAtOnce(jenkins);
            for (State state : StepsInEachState.OPEN) {
                state.awaitThatItFailed();
                String reason = "The step failed unexpectedly \\(NoClassDefFoundError\\)";
                assertThat(JenkinsRule.getLog(state.run()))
                        .containsPattern(
                                state.mayHaveSent()
                                        ? "unknown true: " + reason + "\\. Whether something was sent is not known"
                                        : "unknown false: " + reason + "\\. Nothing was changed");
                if (state.mayHaveSent()) {
                    assertThat(Scripts.onlyAttempt(state.run()).getOutcome()).isEqualTo("UNKNOWN");
                }
            }
            BrokenLog.broken = false;
            StepsInEachState.OPEN.forEach(State::tryAgain);
            steps.assertEachIsDeployedOnce(jenkins);
        });
    }

    @TestExtension
    public static final class Vault extends StepsInEachState.Vault {}

    /** Breaks where a step of this plugin asks for its log. */
    @TestExtension("anErrorBeforeAnythingBeginsTellsTheTruthToo")
    public static final class BrokenLog implements TaskListenerDecorator.Factory {

        private static volatile boolean broken;

        @Override
        public TaskListenerDecorator of(FlowExecutionOwner owner) {
            if (broken && isAskedByAStep()) {
                throw new NoClassDefFoundError("As intended");
            }
            return null;
        }

        private static boolean isAskedByAStep() {
            return StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().equals(MkStepExecution.class.getName())));
        }
    }
}
