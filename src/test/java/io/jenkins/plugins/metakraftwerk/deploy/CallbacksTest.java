package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever breaks around a run, it ends, and says that nothing was done only where that is so. */
class CallbacksTest {

    /** A refusal of the API's own form, although the work was done. */
    private static final Fault DOUBT = Fault.errorAfter(503, "Later");

    /** What breaks, in which phase. */
    private enum Break {
        STORE_SENDING,
        TIMER
    }

    @AutoClose
    private final RunFixture world = new RunFixture();

    /** A run in which something breaks after its first request. */
    private TestRun broken(Break what) {
        TestRun trial = world.trial();
        return trial.store(state -> {
            if (trial.states.size() == 1) {
                return CompletableFuture.completedFuture(null);
            }
            if (what == Break.TIMER) {
                world.timing.stop();
                return CompletableFuture.completedFuture(null);
            }
            if (state.phase() == Phase.SENDING) {
                throw new IllegalStateException("broken");
            }
            return CompletableFuture.completedFuture(null);
        });
    }

    @ParameterizedTest
    @EnumSource(Break.class)
    void afterARefusalNothingWasDone(Break what) {
        world.fault(Fault.error(429, "Later"));
        TestRun trial = broken(what).start();
        world.passUntilEnded(trial);
        assertThat(trial.failure().effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(trial.failure()).hasMessageContaining("could not go on");
    }

    @Test
    void whoBreaksWhenItHearsHowFarARunIsBreaksNoRun() {
        TestRun trial = world.trial().store(state -> {
            if (state.phase() != Phase.SENDING) {
                throw new IllegalStateException("broken");
            }
            return CompletableFuture.completedFuture(null);
        });
        world.fault(Fault.error(429, "Later"));
        trial.start();
        world.passUntilEnded(trial);
        trial.isDone(Origin.CREATED, 1);
    }

    @Test
    void afterADoubtTheRecordIsLookedForWhereItCannotSendAgain() {
        world.fault(DOUBT);
        TestRun trial = broken(Break.STORE_SENDING).start();
        world.timing.awaitWait();
        notYetListed();
        world.passUntilEnded(trial);
        trial.isDone(Origin.ADOPTED, 1);
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void afterADoubtNobodyKnowsWhereTheTimerHasStopped() {
        world.fault(DOUBT);
        broken(Break.TIMER).start().isUnknown();
    }

    @Test
    void afterADoubtTheRecordIsLookedForWhereTheCredentialCannotBe() {
        world.fault(DOUBT);
        world.fault(Fault.error(401, "Not authenticated"));
        TestRun trial = world.trial().renewed(() -> {
            throw new IllegalStateException("The vault is sealed");
        });
        trial.start();
        world.timing.awaitWait();
        notYetListed();
        world.passUntilEnded(trial);
        trial.isDone(Origin.ADOPTED, 1);
    }

    /** For the two looks before the next request. */
    private void notYetListed() {
        world.server.fault("GET", BUILD_DEPLOYMENTS, 2, Fault.status(200, "application/json", "[]"));
    }

    @Test
    void aTimerThatStopsWhileItWaitsForTheBuild() {
        TestRun trial = world.trial(TestClients.request(5140)).startWaiting();
        world.timing.awaitWait();
        world.timing.stop();
        world.timing.pass();
        assertThat(trial.failure())
                .hasMessageContaining("could not go on")
                .hasMessageEndingWith("Nothing was deployed.");
    }

    @Test
    void aTimerThatStopsWhileItLooksForItsRecord() {
        world.fault(Fault.dropBefore());
        TestRun trial = world.trial().start();
        world.timing.awaitWait();
        world.timing.stop();
        world.timing.pass();
        assertThat(trial.isUnknown()).contains("could not go on (RejectedExecutionException)");
    }

    @Test
    void aClientThatBreaksBeforeItSends() {
        TestRun trial = world.trial();
        trial.store(state -> {
            Iterator<MetaKraftwerkClient> clients = Collections.emptyIterator();
            trial.client(clients::next);
            return CompletableFuture.completedFuture(null);
        });
        assertThat(trial.start().failure().effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(world.posts()).isZero();
        assertThat(world.flights()).as("nobody waits for it").isEmpty();
    }

    @Test
    void aClaimThatNobodyCanWriteLeavesNothingUndone() {
        TestRun trial = world.trial().refused(() -> {
            world.writer = task -> {
                throw new NoClassDefFoundError("broken");
            };
            return Optional.empty();
        });
        // It waits in vain until that is kept.
        world.passUntilEnded(trial.start());
        trial.isDone(Origin.CREATED, 1);
        assertThat(world.posts()).isEqualTo(1);
        assertThat(world.flights()).as("nobody waits for it").isEmpty();
    }

    @Test
    void aPoolThatHasStoppedEndsTheRun() {
        world.work = task -> {
            throw new RejectedExecutionException("The pool has stopped");
        };
        assertThat(world.trial().start().outcome()).isInstanceOf(Throwable.class);
    }

    @Test
    void anAbortNeedsNoTimer() {
        world.fault(Fault.dropBefore());
        TestRun trial = world.trial().start();
        world.timing.awaitWait();
        world.timing.stop();
        assertThat(trial.abort()).contains("Whether a deployment was created is not known");
    }
}
