package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.fixture.Setup.SERVER;
import static io.jenkins.plugins.metakraftwerk.fixture.Setup.TOKEN_ID;
import static io.jenkins.plugins.metakraftwerk.fixture.Setup.server;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.run.AttemptInBuild;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension.Step;

/** A step stays with the server and the credential that it began with, whatever the configuration says after a restart. */
class MkDeployTargetTest {

    private static final String TELL_ALL =
            "try { " + Scripts.DEPLOY + " } catch (e) { echo \"unknown ${e.outcomeUnknown}\"; throw e }";

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    @AutoClose
    private final StandInServer other = StandInServer.start();

    @ParameterizedTest
    @EnumSource(names = {"MAX_SURVIVABILITY", "PERFORMANCE_OPTIMIZED"})
    void plannedGoesOnWhereItBeganThoughAnotherServerIsTheDefaultNow(FlowDurabilityHint durability) throws Throwable {
        Hold hold = server.hold("GET", BUILD_DEPLOYMENTS);
        sessions.then(jenkins -> {
            Scripts.start(server, jenkins, Scripts.DEPLOY_AND_TELL, durability);
            server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
            Setup.servers(server("first", other.url(), TOKEN_ID), server(SERVER, server.url(), TOKEN_ID));
        });
        hold.release();

        sessions.then(jenkins -> Scripts.assertDeployedOnce(server, jenkins));
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void sendingIsNotLookedForOnAnotherServer() throws Throwable {
        other.addBuildDeployment(5139, 11, 21, null, null);
        startAndConfigure("POST", server(SERVER, other.url(), TOKEN_ID));
        sessions.time().holdAll();

        sessions.then(jenkins -> {
            WorkflowRun run = waitInVain(jenkins);
            assertThat(JenkinsRule.getLog(run))
                    .contains("unknown true", "Outcome unknown: The MetaKraftwerk server " + label())
                    .contains("is no longer configured", "Check whether build 5139 was deployed")
                    .contains(" on " + label() + " before you deploy again.")
                    .doesNotContain("Nothing was sent");
            assertThat(other.requests()).isEmpty();
            AttemptInBuild shown = Scripts.onlyAttempt(run);
            assertThat(shown.getOutcome()).isEqualTo("UNKNOWN");
            assertThat(shown.getServerUrl()).isEqualTo(server.url());
        });
    }

    @Test
    void plannedIsNotSentToAnotherServerOfThatName() throws Throwable {
        startAndConfigure("GET", server(SERVER, other.url(), TOKEN_ID));

        sessions.time().holdAll();
        sessions.then(this::assertNothingSent);
    }

    @Test
    void plannedIsNotSentWhereItCannotBeToldWhichServerItIs() throws Throwable {
        startAndConfigure("GET", server("one", server.url(), TOKEN_ID), server("two", server.url(), TOKEN_ID));

        sessions.time().holdAll();
        sessions.then(this::assertNothingSent);
    }

    @Test
    void goesOnWithAServerThatWasRenamed() throws Throwable {
        startAndConfigure("GET", server("first", other.url(), TOKEN_ID), server("new name", server.url(), TOKEN_ID));

        sessions.then(jenkins -> {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(Scripts.onlyRun()));
            assertThat(server.deployments()).hasSize(1);
        });
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void goesOnWithTheCredentialThatItBeganWith() throws Throwable {
        startAndConfigure("GET", server(SERVER, server.url(), "another"));

        sessions.then(jenkins -> {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(Scripts.onlyRun()));
            assertThat(server.deployments()).hasSize(1);
        });
    }

    /** Holds a request of the step, and stops Jenkins with other servers. */
    private void startAndConfigure(String method, MetaKraftwerkServer... servers) throws Throwable {
        // The session that is over must not find out by itself.
        Hold hold = server.hold(method, BUILD_DEPLOYMENTS, Fault.dropBefore());
        Step begin = jenkins -> {
            Scripts.start(server, jenkins, TELL_ALL, FlowDurabilityHint.MAX_SURVIVABILITY);
            server.awaitRequest(method, BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
            Setup.servers(servers);
            // It waits for the shortest time then.
            MetaKraftwerkGlobalConfiguration.get().setRetrySeconds(0);
        };
        sessions.then(begin);
        hold.release();
    }

    /** The only run, once it has waited for its server for as long as it does. */
    private WorkflowRun waitInVain(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = Scripts.onlyRun();
        jenkins.waitForMessage("After a restart of Jenkins this may come late", run);
        sessions.time().skip(Duration.ofMinutes(2));
        sessions.time().goOn();
        return jenkins.waitForCompletion(run);
    }

    private void assertNothingSent(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = waitInVain(jenkins);
        assertThat(JenkinsRule.getLog(run))
                .contains("unknown false", "The MetaKraftwerk server " + label())
                .containsPattern("is no longer configured\\. Gave up after trying for \\d+ s\\. Nothing was sent\\.");
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).isEmpty();
        assertThat(other.requests()).isEmpty();
        assertThat(Scripts.onlyAttempt(run).getOutcome()).isEqualTo("FAILED");
    }

    /** How the configuration no longer has it. */
    private String label() {
        return SERVER + " (" + server.url() + ")";
    }
}
