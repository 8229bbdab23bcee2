package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of the same deployment at the same time: of two, none takes the record of the other for its own. */
class ParallelRunsTest {

    private static final int RUNS = 24;

    @AutoClose
    private final RunFixture world = new RunFixture();

    private final CompletableFuture<Void> letSend = new CompletableFuture<>();

    /** A run that has looked, before any other has sent, and has yet to send. */
    private TestRun early() {
        CompletableFuture<Void> looked = new CompletableFuture<>();
        TestRun trial = world.trial().store(state -> {
            looked.complete(null);
            return state.phase() == Phase.SENDING ? letSend : CompletableFuture.completedFuture(null);
        });
        trial.start();
        TestClients.get(looked);
        assertThat(trial.stored().baseline()).isZero();
        return trial;
    }

    @Test
    void bothGetTheirOwn() {
        TestRun first = world.trial().start();
        TestRun second = world.trial().start();
        assertThat(Set.of(first.id(), second.id())).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void aRecordThatAnotherRunOwnsIsNotTaken() {
        TestRun early = early();
        assertThat(world.trial().start().id()).isEqualTo(1);
        world.fault(Fault.dropBefore());
        letSend.complete(null);
        world.passUntilEnded(early);
        early.isUnknown();
        assertThat(world.posts()).isEqualTo(2);
    }

    @Test
    void aRecordOfARequestThatIsStillOnItsWayIsNotTaken() {
        TestRun early = early();
        Hold answer = world.server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        TestRun other = world.carriedOut();
        world.fault(Fault.dropBefore());
        letSend.complete(null);
        world.timing.pass();
        world.timing.awaitWait();
        assertThat(early.ended()).isFalse();
        answer.release();
        assertThat(other.id()).isEqualTo(1);
        world.passUntilEnded(early);
        early.isUnknown();
        assertThat(world.posts()).isEqualTo(2);
    }

    @Test
    void theOwnRecordIsFoundBesideOneOfARequestThatIsStillOnItsWay() {
        TestRun early = early();
        Hold answer = world.server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        TestRun other = world.carriedOut();
        world.fault(Fault.dropAfter());
        letSend.complete(null);
        for (int look = 0; look < 12; look++) {
            world.timing.pass();
        }
        world.timing.awaitWait();
        assertThat(early.ended())
                .as("also beyond the window, as long as it is not decided")
                .isFalse();
        answer.release();
        assertThat(other.id()).isEqualTo(1);
        world.passUntilEnded(early);
        assertThat(early.id()).isEqualTo(2);
        assertThat(early.result().origin()).isEqualTo(Origin.ADOPTED);
        assertThat(world.posts()).isEqualTo(2);
    }

    @Test
    void twoLostAnswersAndTwoRecords() {
        TestRun early = early();
        world.fault(Fault.dropAfter());
        TestRun other = world.carriedOut();
        world.timing.awaitWait();
        assertThat(other.ended()).as("it may be that of the one before").isFalse();
        world.fault(Fault.dropAfter());
        letSend.complete(null);
        world.passUntilEnded(early, other);
        assertThat(Set.of(early.id(), other.id())).containsExactlyInAnyOrder(1L, 2L);
        assertThat(world.posts()).isEqualTo(2);
    }

    @Test
    void twoLostAnswersAndOneRecord() {
        TestRun early = early();
        Hold answer = world.server.holdAnswer("POST", BUILD_DEPLOYMENTS, Fault.dropAfter());
        TestRun other = world.carriedOut();
        world.fault(Fault.dropBefore());
        letSend.complete(null);
        world.timing.awaitWait();
        answer.release();
        world.passUntilEnded(early, other);
        long owners = List.of(early, other).stream()
                .filter(trial -> trial.outcome() instanceof DeploymentResult)
                .count();
        assertThat(owners).isEqualTo(1);
        assertThat(world.posts()).isEqualTo(2);
    }

    @Test
    void aServerThatGoesAwayDoesNotKeepARunLookingForEver() {
        TestRun early = early();
        world.server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        world.carriedOut();
        world.fault(Fault.dropBefore());
        letSend.complete(null);
        world.timing.awaitWait();
        world.blind(Fault.status(502, "text/plain", ""));
        world.passUntilEnded(early);
        early.isUnknown();
        assertThat(world.timing.uptime()).isLessThanOrEqualTo(RecordSearch.WINDOW);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void howeverManyThereAreNoRecordIsShared(long seed) {
        Random random = new Random(seed);
        List<Hold> holds = IntStream.range(0, RUNS).mapToObj(i -> held(random)).collect(Collectors.toList());
        TestRun[] trials = holds.stream().map(hold -> world.trial().start()).toArray(TestRun[]::new);
        world.server.awaitRequest("POST", BUILD_DEPLOYMENTS, RUNS, TestClients.LIMIT);
        Collections.shuffle(holds, random);
        holds.forEach(Hold::release);
        RunFixture.until(() -> world.flights().isEmpty());
        world.passUntilEnded(trials);
        List<Long> owned = Stream.of(trials).flatMap(ParallelRunsTest::record).toList();
        assertThat(owned).doesNotHaveDuplicates().hasSameSizeAs(world.server.deployments());
        assertThat(world.posts()).isEqualTo(RUNS);
    }

    /** The next request waits before its work or before its answer, and then may go wrong. */
    private Hold held(Random random) {
        Fault fault = List.of(Fault.NONE, Fault.dropAfter(), Fault.dropBefore(), Fault.truncate())
                .get(random.nextInt(4));
        return random.nextBoolean()
                ? world.server.hold("POST", BUILD_DEPLOYMENTS, fault)
                : world.server.holdAnswer("POST", BUILD_DEPLOYMENTS, fault);
    }

    private static Stream<Long> record(TestRun trial) {
        if (trial.outcome() instanceof DeploymentResult result) {
            return Stream.of(result.record().id());
        }
        trial.isUnknown();
        return Stream.empty();
    }
}
