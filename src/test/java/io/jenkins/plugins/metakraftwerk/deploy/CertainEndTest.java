package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure after which it is certain says that nothing was deployed; one that leaves a doubt never does. */
class CertainEndTest {

    private static final String CERTAIN = "Nothing was deployed.";

    private final RunFixture world = new RunFixture();

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 403, 404, 409, 429, 503})
    void aRefusal(int status) {
        world.fault(Fault.error(status, "Some reason"));
        var failure = world.trial().retryLimit(Duration.ZERO).start().failure();
        assertThat(failure.effect()).isEqualTo(Effect.REFUSED);
        assertThat(failure)
                .hasMessageContaining("answered " + status + " to POST /build_deployments: Some reason.")
                .hasMessageEndingWith(" " + CERTAIN);
        assertThat(failure.getMessage()).containsOnlyOnce(CERTAIN);
    }

    @Test
    void aCredentialThatIsRefused() {
        TestRun trial = world.trial().client(TestClients.loggingIn(world.server, "wrong", world.timing));
        assertThat(trial.start().failure()).hasMessageEndingWith(" " + CERTAIN);
    }

    @Test
    void aTokenThatIsRefusedOnlyForTheRequest() {
        world.fault(Fault.error(401, "Not authenticated"));
        assertThat(world.trial().start().failure()).hasMessageEndingWith(" " + CERTAIN);
    }

    @Test
    void aLookBeforeTheRequest() {
        world.blind(Fault.error(404, "No such pattern"));
        var failure = world.trial().start().failure();
        assertThat(failure).hasMessageEndingWith(" " + CERTAIN);
        assertThat(failure.getMessage()).containsOnlyOnce(CERTAIN);
    }

    @Test
    void notWhereARefusalMayHaveComeAfterTheWork() {
        TestRun trial = world.trial();
        trial.store(state -> {
            world.blind(Fault.error(403, "No look"));
            return CompletableFuture.completedFuture(null);
        });
        world.fault(Fault.errorAfter(503, "Maintenance"));
        trial.start();
        world.passUntilEnded(trial);
        assertThat(trial.isUnknown()).doesNotContain("Nothing was");
    }

    @Test
    void theServersWordsAboutABuildAreASentence() {
        world.server.fault("GET", "/api/v1/builds/5139", 1, Fault.error(403, "You may not see builds"));
        TestRun trial = world.trial().start();
        assertThat(trial.id()).isEqualTo(1);
        assertThat(trial.text())
                .contains("Build 5139 could not be read. ")
                .contains(": You may not see builds. The account")
                .contains("another credential. The server decides whether it is finished.");
    }
}
