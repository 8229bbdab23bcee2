package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A run asks once more right before each of its requests whether it may send. */
class PermissionToSendTest {

    @AutoClose
    private final RunFixture world = new RunFixture();

    @Test
    void whoMayNotSendEndsCertainly() {
        TestRun run = world.trial()
                .refused(() -> Optional.of("The server is frozen."))
                .start();
        assertThat(run.failure().effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(run.failure()).hasMessage("The server is frozen. Nothing was deployed.");
        assertThat(world.posts()).isZero();
    }

    /** Who is asked notes that it sends, and that must not be true of a run that a crash takes back to before. */
    @Test
    void itIsAskedWhenTheStateIsStored() {
        CompletableFuture<Void> disk = new CompletableFuture<>();
        AtomicInteger asked = new AtomicInteger();
        TestRun run = world.trial().store(state -> disk).refused(() -> {
            asked.incrementAndGet();
            return Optional.empty();
        });
        run.start();
        TestWaits.until(() -> run.states.stream().anyMatch(state -> state.phase() == Phase.SENDING));
        assertThat(asked).hasValue(0);
        disk.complete(null);
        run.isDone(Origin.CREATED, 1);
        assertThat(asked).hasValue(1);
    }

    @Test
    void whatIsTakenAwayBetweenTwoRequestsCounts() {
        world.fault(Fault.error(429, "Busy"));
        AtomicInteger asked = new AtomicInteger();
        TestRun run = world.trial()
                .refused(() -> asked.getAndIncrement() == 0 ? Optional.empty() : Optional.of("Not any more."))
                .start();
        world.passUntilEnded(run);
        assertThat(run.failure()).hasMessage("Not any more. Nothing was deployed.");
        assertThat(world.posts()).isEqualTo(1);
    }

    /** The first request was refused in a way that a server also uses after the work. */
    @Test
    void whatWasDoneBeforeIsFoundAllTheSame() {
        world.fault(Fault.error(503, "Later"));
        AtomicInteger asked = new AtomicInteger();
        TestRun run = world.trial()
                .refused(() -> {
                    if (asked.getAndIncrement() == 0) {
                        return Optional.empty();
                    }
                    world.record();
                    return Optional.of("Not any more.");
                })
                .start();
        world.passUntilEnded(run);
        run.isDone(Origin.ADOPTED, 1);
        assertThat(world.posts()).isEqualTo(1);
    }

    /** Whoever looks into the audit log while the request is on its way finds it there. */
    @Test
    void nothingIsSentBeforeItIsNoted() {
        CompletableFuture<Optional<String>> noted = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        TestRun run = world.trial().refusedLater(() -> {
            asked.complete(null);
            return noted;
        });
        run.start();
        TestClients.get(asked);
        TestClients.get(world.client::patterns);
        assertThat(world.posts()).isZero();
        noted.complete(Optional.empty());
        run.isDone(Origin.CREATED, 1);
    }

    @Test
    void whatIsAbortedMeanwhileIsNotSent() {
        CompletableFuture<Optional<String>> noted = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        TestRun run = world.trial().refusedLater(() -> {
            asked.complete(null);
            return noted;
        });
        run.start();
        TestClients.get(asked);
        assertThat(run.abort()).contains("nothing had been sent");
        noted.complete(Optional.empty());
        world.isOver(run, 0);
    }

    @Test
    void whatCannotBeAskedSendsNothing() {
        TestRun run = world.trial()
                .refusedLater(() -> CompletableFuture.failedFuture(new RejectedExecutionException("full")))
                .start();
        assertThat(run.failure().effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(run.failure()).hasMessageContaining("could not go on").hasMessageEndingWith("Nothing was deployed.");
        assertThat(world.posts()).isZero();
    }

    /** A user who may do nothing may still try in a loop. */
    @Test
    void whoMayUseNoCredentialLeavesNothingInTheLedger() {
        TestRun refused = world.trial()
                .way(() -> {
                    throw MetaKraftwerkException.refusedLocally(Text.forKey("said", "Not lent."));
                })
                .start();
        assertThat(refused.failure()).hasMessage("Not lent. Nothing was sent.");
        TestClients.get(world.journal.flush());
        assertThat(world.disk.text(RunFixture.LEDGER)).doesNotContain(refused.owner());
    }
}
