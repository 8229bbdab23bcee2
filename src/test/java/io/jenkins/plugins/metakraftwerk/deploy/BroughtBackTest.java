package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run sends when a crash would bring it back, and goes on from what the ledger knows of it. */
class BroughtBackTest {

    @AutoClose
    private final RunFixture world = new RunFixture();

    @Test
    void nothingIsNotedBeforeACrashWouldBringItBack() {
        CompletableFuture<Void> saved = new CompletableFuture<>();
        TestRun run = world.trial().anchor(() -> saved).start();
        world.server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        TestClients.get(world.client::patterns);
        assertThat(world.flights()).isEmpty();
        assertThat(world.posts()).isZero();
        saved.complete(null);
        run.isDone(Origin.CREATED, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoWouldNotBeBroughtBackSendsNothing(boolean throwing) {
        TestRun run = world.trial()
                .anchor(() -> {
                    if (throwing) {
                        throw new IllegalStateException("disk");
                    }
                    return CompletableFuture.failedFuture(new IllegalStateException("disk"));
                })
                .start();
        assertThat(run.failure().effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(run.failure()).hasMessageContaining("could not go on (IllegalStateException)");
        assertThat(world.posts()).isZero();
        assertThat(world.flights()).isEmpty();
    }

    @Test
    void whoHasEnteredNoLedgerBegins() {
        world.trial().resumeFrom(null).isDone(Origin.CREATED, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheLedgerDoesNotKnowMayHaveBeenAnything(boolean another) {
        world.record();
        TestRun run = world.trial().inBuild("41").resumeFrom(another ? "another" : world.ledger.id());
        assertThat(run.isUnknown())
                .startsWith("Outcome unknown: This Jenkins does not know any more how far this deployment had come");
        assertThat(world.server.requests()).isEmpty();
        world.trial().inBuild("41").start().isUnknown();
        assertThat(world.posts()).isZero();
        world.trial().inBuild("42").start().isDone(Origin.CREATED, 2);
    }

    @Test
    void whatAnotherLedgerSaysWasNotSentMayHaveBeen() {
        TestRun run = world.trial().resume(States.planned(), "another");
        run.isUnknown();
        assertThat(world.posts()).isZero();
    }

    @Test
    void whatItSaysWasSentIsLookedForWhateverItIsCalled() {
        world.record();
        world.trial().resume(States.sending(0), "another").isDone(Origin.ADOPTED, 1);
    }

    @Test
    void whoHasARecordNeedsNoServerForIt() {
        TestRun crashed = world.trial().inBuild("41");
        world.ledger
                .runs()
                .enter(
                        who(crashed),
                        world.client.server().toString(),
                        TestClients.request(),
                        RunFixture.SOURCE,
                        States.sending(0));
        var record = new BuildDeployment(7L, 5139L, 11L, 21L, null, null, null);
        world.claims.own(world.key(), record, crashed.owner(), world.timing.uptime());
        TestRun again = world.trial().owner(crashed.owner()).resumeFrom(null);
        again.isDone(Origin.ADOPTED, 7);
        assertThat(again.text()).contains("Found build deployment 7");
        assertThat(world.server.requests()).isEmpty();
    }

    private static RunIdentity who(TestRun run) {
        return new RunIdentity(run.owner(), "build", "app #41");
    }

    @Test
    void anAdministratorWhoPutsTheLedgerAsideBeginsAnother() {
        world.claimed(7);
        String before = world.ledger.id();
        world.disk.put(RunFixture.LEDGER, world.disk.text(RunFixture.LEDGER) + "not a line\n");
        world.restart();
        assertThat(world.ledger.id()).isEqualTo(before);
        assertThat(world.ledger.mayLack()).isTrue();
        TestClients.get(world.journal.putAside());
        assertThat(world.ledger.mayLack()).isFalse();
        String after = world.ledger.id();
        assertThat(after).isNotEqualTo(before);
        world.restart();
        assertThat(world.ledger.id()).isEqualTo(after);
    }
}
