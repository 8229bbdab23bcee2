package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.SilentPort;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was certainly not done is tried again, for a while. */
class RetryTest {

    @AutoClose
    private final RunFixture world = new RunFixture();

    private void faults(String method, int times, Fault fault) {
        world.server.fault(method, BUILD_DEPLOYMENTS, times, fault);
    }

    @Test
    void aServerThatIsAwayIsTriedUntilItIsBack() throws Exception {
        try (SilentPort silent = new SilentPort()) {
            TestRun trial = world.trial()
                    .client(TestClients.withToken(silent.url(), world.server.token()))
                    .start();
            assertThat(world.timing.pass()).isEqualTo(Duration.ofSeconds(1));
            assertThat(world.timing.awaitWait()).isEqualTo(Duration.ofSeconds(2));
            try (StandInServer back = StandInServer.start(silent.number())) {
                world.timing.pass();
                assertThat(trial.id()).isEqualTo(1);
                assertThat(back.requests()).hasSize(3);
            }
            assertThat(trial.text())
                    .contains("refused. Check the URL")
                    .contains(
                            "Attempt 1, trying again in 1 s, for 120 s more.",
                            "Attempt 2, trying again in 2 s, for 119 s more.");
        }
    }

    @Test
    void anUnknownHostIsTriedAgainAndGivenUp() {
        world.timing.automatic();
        TestRun trial = world.trial().client(TestClients.withToken("http://no-such-host.invalid", "t"));
        MetaKraftwerkException failure = trial.start().failure();
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(failure)
                .hasMessageContaining("no-such-host.invalid")
                .hasMessageContaining("Gave up after trying for");
        assertThat(world.timing.seconds()).startsWith(1.0, 2.0, 4.0, 8.0, 8.0).hasSize(17);
    }

    @Test
    void aRefusedDeploymentIsPlannedAnewAfterTheTimeThatTheServerAsksFor() {
        faults("POST", 1, Fault.error(429, "Too many requests", "Retry-After", "17"));
        faults("POST", 1, Fault.error(503, "Maintenance", "Retry-After", "1"));
        TestRun trial = world.trial().start();
        assertThat(world.timing.awaitWait()).isEqualTo(Duration.ofSeconds(17));
        assertThat(trial.stored().phase()).as("nothing was done").isEqualTo(Phase.PLANNED);
        assertThat(world.posts()).isEqualTo(1);
        world.record();
        world.timing.pass();
        assertThat(world.timing.awaitWait()).isEqualTo(Duration.ofSeconds(2));
        world.timing.pass();
        assertThat(trial.id()).isEqualTo(2);
        assertThat(world.looks())
                .as("a look before each request, and one after the refusal that may have come late")
                .isEqualTo(4);
        assertThat(trial.states)
                .extracting(DeploymentState::phase)
                .containsExactly(Phase.SENDING, Phase.PLANNED, Phase.SENDING, Phase.PLANNED, Phase.SENDING, Phase.DONE);
        assertThat(trial.states.get(2).baseline()).isEqualTo(1);
        assertThat(trial.log).anyMatch(line -> line.contains("Too many requests") && line.contains("again in 17 s, "));
    }

    @Test
    void aSentenceThatWasReadIsNotRepeated() {
        world.timing.automatic();
        faults("POST", 3, Fault.error(503, "Maintenance"));
        faults("POST", 1, Fault.error(429, "Too many"));
        faults("POST", 2, Fault.error(503, "Maintenance"));
        TestRun trial = world.trial().start();
        assertThat(trial.id()).isEqualTo(1);
        assertThat(trial.log)
                .filteredOn(line -> line.contains("answered 503 to"))
                .hasSize(2);
        assertThat(trial.log)
                .contains(
                        "Still: answered 503. Attempt 2, trying again in 2 s, for 119 s more.",
                        "Still: answered 503. Attempt 3, trying again in 4 s, for 117 s more.")
                .anyMatch(line -> line.contains("Too many.") && line.contains("Attempt 4, trying again in 8 s"))
                .contains("Still: answered 503. Attempt 6, trying again in 8 s, for 97 s more.");
    }

    @Test
    void aServerThatAsksForMoreTimeThanThereIsIsGivenUpAtOnce() {
        faults("POST", 9, Fault.error(429, "Too many requests", "Retry-After", "121"));
        MetaKraftwerkException failure = world.trial().start().failure();
        assertThat(failure.status()).hasValue(429);
        assertThat(failure).hasMessageNotContaining("Gave up");
        assertThat(world.posts()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aServerThatNeverAcceptsIsGivenUpInTime(int status) {
        world.timing.automatic();
        var began = world.timing.now();
        faults("POST", 999, Fault.error(status, "Later"));
        MetaKraftwerkException failure = world.trial().start().failure();
        assertThat(failure.status()).hasValue(status);
        assertThat(failure.effect()).isEqualTo(Effect.REFUSED);
        assertThat(failure).hasMessageContaining("Later").hasMessageContaining("Gave up after trying for 119 s.");
        assertThat(Duration.between(began, world.timing.now())).isLessThanOrEqualTo(TestRun.RETRY_LIMIT);
        assertThat(world.posts()).isEqualTo(18);
        assertThat(world.server.deployments()).isEmpty();
    }

    @Test
    void allCallsOfARunShareItsTime() {
        world.timing.automatic();
        var began = world.timing.now();
        faults("GET", 10, Fault.error(503, "Later"));
        faults("POST", 999, Fault.error(503, "Later"));
        assertThat(world.trial().start().failure()).hasMessageContaining("Gave up after trying for");
        assertThat(Duration.between(began, world.timing.now())).isLessThanOrEqualTo(TestRun.RETRY_LIMIT);
        assertThat(world.posts()).isPositive();
        assertThat(world.server.deployments()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void aLookIsRepeatedWhateverHappensToIt(int status) {
        world.timing.automatic();
        faults("GET", 2, Fault.status(status, "text/html", "<html>"));
        assertThat(world.trial().start().id()).isEqualTo(1);
        assertThat(world.looks()).isEqualTo(3);
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void aLookWithoutAnAnswerIsRepeated() {
        world.timing.automatic();
        faults("GET", 1, Fault.dropBefore());
        faults("GET", 1, Fault.truncate());
        faults("GET", 1, Fault.truncateJson());
        assertThat(world.trial().start().id()).isEqualTo(1);
        assertThat(world.looks()).isGreaterThanOrEqualTo(4);
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void aLogInThatFailsForAWhileIsRepeated() {
        world.timing.automatic();
        world.server.fault("POST", StandInServer.AUTHENTICATION, 2, Fault.status(502, "text/plain", ""));
        assertThat(world.trial()
                        .client(TestClients.loggingIn(world.server))
                        .start()
                        .id())
                .isEqualTo(1);
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void aWrongPasswordIsNotTriedAgain() {
        var wrong = TestClients.loggingIn(world.server, "wrong", world.timing);
        assertThat(world.trial().client(wrong).start().failure().status()).hasValue(401);
        assertThat(world.server.requests()).hasSize(1);
    }
}
