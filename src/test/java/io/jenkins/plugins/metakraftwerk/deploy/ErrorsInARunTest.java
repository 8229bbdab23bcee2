package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** An Error ends the run that it hits and nothing else; and a disk that never answers ends none. */
class ErrorsInARunTest {

    @AutoClose
    private final RunFixture world = new RunFixture();

    /** A run whose client breaks when its state 'sending' is stored. */
    private TestRun breaksWhenSending() {
        TestRun run = world.trial().inBuild("41");
        return run.store(state -> {
            run.client(() -> {
                throw new NoClassDefFoundError("broken");
            });
            return CompletableFuture.completedFuture(null);
        });
    }

    @Test
    void beforeItSendsNothingWasDone() {
        TestRun run = breaksWhenSending().start();
        assertThat(run.failure().effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(run.failure()).hasMessageContaining("could not go on (NoClassDefFoundError)");
        assertThat(world.flights()).isEmpty();
        assertThat(world.attemptsAfterACrash()).isEmpty();
    }

    /** The request may be on its way: its record is looked for, and else nobody knows. */
    @Test
    void whileItSendsItMayHaveSent() {
        AtomicInteger sent = new AtomicInteger();
        MetaKraftwerkClient breaks = world.breakingAtPosts(sent);
        TestRun run = world.trial().inBuild("41").client(breaks).start();
        world.passUntilEnded(run);
        run.isUnknown();
        assertThat(sent).hasValue(1);
        assertThat(world.flights()).as("nobody waits for it").isEmpty();
        assertThat(world.attemptsAfterACrash()).hasSize(1);
        world.trial().inBuild("41").start().isUnknown();
        assertThat(world.posts()).isZero();
    }

    @Test
    void ofTheDiskBeforeItSends() {
        TestRun run = world.trial().store(state -> {
            throw new NoClassDefFoundError("broken");
        });
        assertThat(run.start().failure().effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(world.posts()).isZero();
    }

    @Test
    void ofTheDiskWhenItIsDone() {
        TestRun run = world.trial().inBuild("41").store(state -> {
            if (state.phase() == Phase.DONE) {
                throw new NoClassDefFoundError("broken");
            }
            return CompletableFuture.completedFuture(null);
        });
        run.start().isDone(Origin.CREATED, 1);
    }

    @Test
    void ofTheLog() {
        TestRun run = world.trial().listener(text -> {
            throw new NoClassDefFoundError("broken");
        });
        run.start().isDone(Origin.CREATED, 1);
    }

    @Test
    void ofTheMemoryWhereItHadEndedBeforeARestart() {
        world.writer = task -> {
            throw new NoClassDefFoundError("broken");
        };
        TestRun run = world.trial().resume(States.done(Origin.CREATED, 7));
        world.passUntilEnded(run);
        run.isDone(Origin.CREATED, 7);
    }

    /** Starts a run of which nothing is written from when it sends. */
    private TestRun writingNothingWhenSent() {
        return world.trial()
                .refused(() -> {
                    world.writer = task -> {};
                    return Optional.empty();
                })
                .start();
    }

    @Test
    void aResultIsToldThoughItsClaimCannotBeKept() {
        TestRun run = writingNothingWhenSent();
        RunFixture.until(() -> run.text().contains("was created"));
        world.timing.awaitWait();
        world.timing.advance(Duration.ofMillis(4_999));
        assertThat(run.ended()).isFalse();
        world.timing.advance(Duration.ofMillis(1));
        run.isDone(Origin.CREATED, 1);
    }

    @Test
    void thatNobodyKnowsIsToldThoughItCannotBeNoted() {
        world.fault(Fault.dropBefore());
        TestRun run = writingNothingWhenSent();
        world.passUntilEnded(run);
        run.isUnknown();
        assertThat(world.timing.seconds()).last().isEqualTo(5.0);
    }

    @Test
    void whoFollowsAnotherIsToldToo() {
        TestRun first = world.trial().skipIfDeployed();
        world.fault(Fault.dropBefore());
        first.start();
        world.server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        TestRun second = world.trial().skipIfDeployed().start();
        world.writer = task -> {};
        world.passUntilEnded(first, second);
        first.isUnknown();
        second.isUnknown();
    }
}
