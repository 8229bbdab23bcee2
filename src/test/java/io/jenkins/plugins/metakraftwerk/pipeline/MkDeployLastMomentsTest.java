package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.BlockedThreads;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.run.AttemptInBuild;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;

/** What a session leaves to the next at its very end, and what the next says where it cannot go on. */
class MkDeployLastMomentsTest {

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    @ParameterizedTest
    @EnumSource(names = {"MAX_SURVIVABILITY", "PERFORMANCE_OPTIMIZED"})
    void sendsNothingAfterThePipelinesWereSavedForTheLastTime(FlowDurabilityHint durability) throws Throwable {
        Hold hold = server.hold("GET", BUILD_DEPLOYMENTS);
        sessions.then(jenkins -> {
            Scripts.start(server, jenkins, Scripts.DEPLOY_AND_TELL, durability);
            server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
            LogRecorder left = new LogRecorder()
                    .record(MkDeployExecution.class, Level.FINE)
                    .capture(10);
            EndOfJenkins.then(() -> {
                hold.release();
                TestWaits.until(() -> left.getMessages().toString().contains("Left to the next controller")
                        || !server.requests("POST", BUILD_DEPLOYMENTS).isEmpty());
                left.close();
            });
        });
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).isEmpty();

        sessions.then(jenkins -> Scripts.assertDeployedOnce(server, jenkins));
    }

    /** As if the process had been killed at the very moment when the request arrives. */
    @Test
    void hasSavedThatItSendsWhenTheRequestArrives() throws Throwable {
        AtomicReference<byte[]> saved = new AtomicReference<>();
        AtomicReference<Path> program = new AtomicReference<>();
        sessions.then(jenkins -> {
            server.fault(
                    request -> {
                        if (request.is("POST", BUILD_DEPLOYMENTS)) {
                            program.set(Scripts.onlyRun().getRootDir().toPath().resolve("program.dat"));
                            saved.set(bytes(program.get()));
                        }
                        return false;
                    },
                    1,
                    Fault.dropBefore());
            server.holdAnswer("POST", BUILD_DEPLOYMENTS);
            Scripts.start(server, jenkins, Scripts.DEPLOY_AND_TELL, FlowDurabilityHint.MAX_SURVIVABILITY);
            server.awaitDeployments(1, TestWaits.LIMIT);
        });
        Files.write(program.get(), saved.get());

        sessions.then(jenkins -> Scripts.assertDeployedOnce(server, jenkins));
    }

    /** As if the process had been killed when the program was saved with the step, and the build was not yet. */
    @Test
    void goesOnWhereJenkinsTakesItForEnded() throws Throwable {
        Hold hold = server.hold("GET", BUILD_DEPLOYMENTS);
        AtomicReference<Path> build = new AtomicReference<>();
        sessions.then(jenkins -> {
            Scripts.start(server, jenkins, Scripts.DEPLOY_AND_TELL, FlowDurabilityHint.MAX_SURVIVABILITY);
            server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
            build.set(Scripts.onlyRun().getRootDir().toPath().resolve("build.xml"));
        });
        String saved = Files.readString(build.get());
        assertThat(saved).contains("<head>1:3</head>");
        Files.writeString(build.get(), saved.replace("<head>1:3</head>", "<head>1:2</head>"));
        hold.release();

        sessions.then(jenkins -> Scripts.assertDeployedOnce(server, jenkins));
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhereItCannotLook() throws Throwable {
        server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        sessions.then(jenkins -> {
            Scripts.start(
                    server,
                    jenkins,
                    "try { " + Scripts.DEPLOY + ", credentialsId: 'mk-account' } catch (e) {"
                            + " echo \"unknown ${e.outcomeUnknown}: ${e.message}\" }",
                    FlowDurabilityHint.MAX_SURVIVABILITY);
            server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
            Setup.removeSystemCredential(Setup.ACCOUNT_ID);
        });
        sessions.time().holdAll();

        sessions.then(jenkins -> {
            StepsInEachState.waitInVain(jenkins, Scripts.onlyRun(), sessions.time());
            WorkflowRun run = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(Scripts.onlyRun()));
            assertThat(JenkinsRule.getLog(run))
                    .contains("unknown true: Outcome unknown: There is no usable credential with the id 'mk-account'")
                    .contains("Check whether build 5139 was deployed");
            assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"MAX_SURVIVABILITY", "PERFORMANCE_OPTIMIZED"})
    void saysAtAnAbortBeforeItGoesOnThatItMayHaveSent(FlowDurabilityHint durability) throws Throwable {
        server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        sessions.then(jenkins -> {
            Scripts.start(server, jenkins, Scripts.DEPLOY_AND_TELL, durability);
            server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
        });

        try (BlockedThreads threads = BlockedThreads.ofThePlugin()) {
            sessions.then(jenkins -> {
                WorkflowRun run = Scripts.onlyRun();
                jenkins.waitForMessage("Ready to run", run);
                assertThat(Scripts.abort(jenkins, run)).doesNotContain("Looking for its record");
                threads.close();
                AttemptInBuild left = Scripts.onlyAttempt(run);
                assertThat(left.getOutcome()).isEqualTo("UNKNOWN");
                assertThat(left.getReason())
                        .contains(
                                "Whether a deployment was created is not known. Check whether build 5139 was deployed");
            });
        }
        assertThat(server.requests("GET", BUILD_DEPLOYMENTS))
                .as("nobody searches for it beside its step")
                .hasSize(1);
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
