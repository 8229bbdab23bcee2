package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.SilentPort;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server says it has not done is sent again; where it may have done it all the same, its record is looked for. */
class RefusalTest {

    private static final Fault NOT_NOW = Fault.error(503, "Maintenance");
    private static final Fault NOT_NOW_AFTER_THE_WORK = Fault.errorAfter(503, "Maintenance");

    @AutoClose
    private final RunFixture world = new RunFixture();

    /** Notes how many requests had gone out when a new record was named. */
    private AtomicInteger naming(TestRun trial) {
        AtomicInteger posts = new AtomicInteger();
        trial.listener(text -> {
            if (text.key().equals("run.newRecord")) {
                assertThat(text.toString()).contains("build deployment 1: somebody else has deployed this build");
                posts.set(world.posts());
            }
        });
        return posts;
    }

    @ParameterizedTest
    @ValueSource(ints = {425, 429})
    void aRecordAfterARefusalIsNamedAndChangesNothing(int status) {
        world.fault(Fault.error(status, "Later"));
        TestRun trial = world.trial();
        AtomicInteger posts = naming(trial);
        trial.start();
        world.timing.awaitWait();
        world.record();
        world.timing.pass();
        trial.isDone(Origin.CREATED, 2);
        assertThat(posts).as("before the second").hasValue(1);
    }

    @Test
    void aRecordAfterARequestThatWasNotSentIsNamedAndChangesNothing() throws Exception {
        try (SilentPort silent = new SilentPort()) {
            TestRun trial = world.trial();
            trial.store(state -> {
                boolean first = trial.states.size() == 1;
                trial.client(first ? TestClients.withToken(silent.url(), "t") : world.client);
                return CompletableFuture.completedFuture(null);
            });
            AtomicInteger posts = naming(trial);
            trial.start();
            world.timing.awaitWait();
            world.record();
            posts.set(-1);
            world.timing.pass();
            trial.isDone(Origin.CREATED, 2);
            assertThat(posts).as("before the first that is sent").hasValue(0);
        }
    }

    @Test
    void aRefusalThatCameAfterTheWorkIsNoReasonToSendAgain() {
        world.record();
        world.fault(NOT_NOW_AFTER_THE_WORK);
        TestRun trial = world.trial().start();
        world.timing.pass();
        trial.isDone(Origin.ADOPTED, 2);
        assertThat(world.posts()).isEqualTo(1);
        assertThat(trial.log).last().asString().contains("Found build deployment 2");
    }

    @Test
    void theRecordOfAnotherRunIsNoReasonNotToSend() {
        world.fault(NOT_NOW);
        TestRun trial = world.trial().start();
        world.timing.awaitWait();
        assertThat(world.trial().start().id()).isEqualTo(1);
        world.timing.pass();
        trial.isDone(Origin.CREATED, 2);
    }

    @Test
    void itLooksBeforeItGivesUp() {
        world.fault(NOT_NOW_AFTER_THE_WORK);
        world.trial().retryLimit(Duration.ZERO).start().isDone(Origin.ADOPTED, 1);
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void itGivesUpWhereThereIsNoRecord() {
        world.record();
        world.fault(NOT_NOW);
        var failure = world.trial().retryLimit(Duration.ZERO).start().failure();
        assertThat(failure.effect()).isEqualTo(Effect.REFUSED);
        assertThat(world.looks()).as("before the request, and before giving up").isEqualTo(2);
        assertThat(world.posts()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 502})
    void itDoesNotKnowWhereItCannotLook(int status) {
        TestRun trial = world.trial();
        trial.store(state -> {
            world.blind(Fault.error(status, "No look"));
            return CompletableFuture.completedFuture(null);
        });
        world.fault(NOT_NOW_AFTER_THE_WORK);
        trial.start();
        world.passUntilEnded(trial);
        assertThat(trial.isUnknown()).contains("Check whether build 5139 was deployed");
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void theBaselineIsThatOfTheFirstRequestInDoubt() {
        world.fault(Fault.error(429, "Later"));
        world.fault(NOT_NOW_AFTER_THE_WORK);
        TestRun trial = world.trial().start();
        world.timing.awaitWait();
        world.record();
        world.timing.pass();
        world.timing.pass();
        trial.isDone(Origin.ADOPTED, 2);
        assertThat(world.posts()).isEqualTo(2);
    }

    @Test
    void theDoubtStaysOverALaterRefusal() {
        world.fault(NOT_NOW);
        world.fault(Fault.error(429, "Later"));
        TestRun trial = world.trial().start();
        world.timing.pass();
        world.timing.awaitWait();
        world.record();
        world.timing.pass();
        trial.isDone(Origin.ADOPTED, 1);
        assertThat(world.posts()).isEqualTo(2);
    }

    @Test
    void theDoubtStaysOverACrash() {
        world.record();
        world.fault(NOT_NOW_AFTER_THE_WORK);
        TestRun crashed = world.trial().start();
        world.timing.awaitWait();
        assertThat(crashed.stored().phase()).isEqualTo(Phase.PLANNED);
        world.restart();
        world.trial()
                .owner(crashed.owner())
                .startFrom(States.reread(crashed.stored()))
                .isDone(Origin.ADOPTED, 2);
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void theDoubtStaysOverACrashWhileItSendsAgain() {
        world.fault(NOT_NOW);
        TestRun crashed = world.trial();
        crashed.store(state ->
                crashed.states.size() == 3 ? new CompletableFuture<>() : CompletableFuture.completedFuture(null));
        crashed.start();
        world.timing.awaitWait();
        world.server.fault("GET", BUILD_DEPLOYMENTS, 1, Fault.status(200, "application/json", "[]"));
        world.record();
        world.timing.pass();
        RunFixture.until(() -> crashed.stored().phase() == Phase.SENDING && crashed.states.size() == 3);
        world.restart();
        world.trial()
                .owner(crashed.owner())
                .startFrom(States.reread(crashed.stored()))
                .isDone(Origin.ADOPTED, 1);
    }
}
