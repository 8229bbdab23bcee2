package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.store.MemoryDisk.Op;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What runs do where it is not known what others have deployed or left unknown, or that cannot be noted. */
class LostMemoryTest {

    @AutoClose
    private final RunFixture world = new RunFixture();

    /** The address of the server as it is noted. */
    private String server;

    @BeforeEach
    void know() {
        server = world.key().server();
    }

    private void unreadable() {
        world.disk.fail(Op.READ);
        world.restart();
    }

    /** It can be read again, and whoever waits for that looks. */
    private void readable() {
        world.disk.fail();
        world.timing.advance(Duration.ofSeconds(5));
    }

    private void damaged(String line) {
        world.disk.put(RunFixture.LEDGER, line + "\n");
        world.restart();
    }

    private TestRun waiting(TestRun trial) {
        RunFixture.until(() -> trial.text().contains("until an administrator of Jenkins decides"));
        world.timing.awaitWaits(1);
        assertThat(trial.ended()).isFalse();
        return trial;
    }

    /** Its waiting time, of 10 minutes, passes. */
    private void tooLong(TestRun trial) {
        RunFixture.until(() -> {
            world.timing.passIfAnyIsShorter(Duration.ofSeconds(6));
            return trial.ended();
        });
    }

    @Test
    void nothingIsSentWhereNothingCanBeRead() {
        unreadable();
        TestRun trial = waiting(world.trial().start());
        assertThat(trial.log)
                .last()
                .asString()
                .contains("The file ledger in the home of Jenkins cannot be read (Input/output error).")
                .contains("for 10 min at most");
        tooLong(trial);
        MetaKraftwerkException failure = trial.failure();
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(failure)
                .hasMessageContaining("The file ledger in the home of Jenkins cannot be read")
                .hasMessageContaining("No administrator of Jenkins has decided in time")
                .hasMessageContaining("Nothing was deployed.");
        assertThat(trial.text()).contains("Still waiting for an administrator of Jenkins");
        assertThat(world.server.requests()).isEmpty();
    }

    @Test
    void itGoesOnWhenTheFilesCanBeReadAgain() {
        world.claimed(1);
        world.record();
        unreadable();
        TestRun trial = waiting(world.trial().startFrom(States.sending(0)));
        world.timing.automatic();
        readable();
        assertThat(trial.isUnknown()).as("the record is that of another").contains("No record of the deployment");
    }

    @Test
    void itGoesOnWhenAnAdministratorHasDecided() {
        damaged("https://elsewhere.invalid and more");
        TestRun trial = waiting(world.trial().start());
        assertThat(world.server.requests()).isEmpty();
        assertThat(trial.log)
                .last()
                .asString()
                .contains("Lines of the file ledger in the home of Jenkins cannot be understood (1).");
        TestClients.get(world.journal.putAside());
        world.timing.pass();
        trial.isDone(Origin.CREATED, 1);
        assertThat(world.disk.text(Path.of("ledger.unreadable"))).isEqualTo("https://elsewhere.invalid and more\n");
    }

    /** Lines that cannot be understood, of which one can tell their server. */
    private static Stream<String> aboutOneServer() {
        return Stream.of(
                "{\"kind\":\"CLAIMED\",\"run\":\"run 1\",\"key\":{\"server\":\"SERVER\",\"build_id\":7}}",
                "{\"kind\":\"CLAIMED\",\"run\":\"run 1\",\"key\":{\"server\":\"SERVER\"},\"record\":{\"id\":\"x\"}}",
                "{\"kind\":\"UNKNOWN\",\"run\":\"run 1\",\"attempt\":{\"key\":{\"server\":\"SERVER\",",
                "{\"kind\":\"UNKNOWN\",\"run\":\"run 1\",\"attempt\":{\"key\":{\"server\":\"SERVER\"}}}",
                "{\"kind\":\"SENDING\",\"run\":\"run 1\",\"attempt\":{\"key\":{\"server\":\"SERVER\"}}}",
                "{\"kind\":\"QUEUED\",\"run\":\"run 1\",\"server\":\"SERVER\"}",
                "{\"kind\":\"NEWER\",\"run\":\"run 1\",\"server\":\"SERVER\"}");
    }

    @ParameterizedTest
    @MethodSource("aboutOneServer")
    void whatIsDamagedOfAnotherServerHoldsNobodyUp(String line) {
        damaged(line.replace("SERVER", "https://elsewhere.invalid"));
        world.trial().start().isDone(Origin.CREATED, 1);
    }

    @ParameterizedTest
    @MethodSource("aboutOneServer")
    void whatIsDamagedOfThisServerHoldsItUp(String line) {
        damaged(line.replace("SERVER", server));
        waiting(world.trial().start());
    }

    @Test
    void whatMayHaveBeenSentIsNotLookedForAndEndsUnknown() {
        world.record();
        unreadable();
        TestRun trial = waiting(world.trial().startFrom(States.sending(0)));
        tooLong(trial);
        assertThat(trial.isUnknown())
                .contains("No administrator of Jenkins has decided in time")
                .doesNotContain("Nothing was");
        assertThat(world.server.requests()).isEmpty();
        world.disk.fail();
        TestClients.get(world.journal.flush());
        world.restart();
        assertThat(world.attempts.forKey(world.key(), "")).hasSize(1);
    }

    @Test
    void whatIsInDoubtEndsUnknown() {
        world.record();
        unreadable();
        TestRun trial = waiting(world.trial().startFrom(States.sending(0).plannedAnew(true, true)));
        tooLong(trial);
        assertThat(trial.isUnknown()).contains("No administrator of Jenkins has decided in time");
        assertThat(world.posts()).isZero();
    }

    @Test
    void anAbortTakesNoRecordThatMayBelongToAnother() {
        world.claimed(1);
        world.record();
        unreadable();
        TestRun trial = waiting(world.trial().startFrom(States.sending(0)));
        var report = trial.abortLater();
        world.timing.advance(Duration.ofMillis(600));
        assertThat(TestRun.said(report)).contains("Whether a deployment was created is not known");
    }

    @Test
    void whatIsReadLaterEndedBeforeTheRunBegan() {
        world.lost("another build");
        unreadable();
        TestRun trial = waiting(world.trial().skipIfDeployed().start());
        readable();
        assertThat(trial.result().origin()).isEqualTo(Origin.CREATED);
        assertThat(trial.text()).contains("An attempt of app of another build ended unknown");
    }

    @Test
    void anAttemptThatIsSettledMeanwhileDoesNotComeBack() {
        TestRun lost = world.lost("a build");
        unreadable();
        world.attempts.settle(lost.owner());
        world.attempts.note(world.key(), null, new RunIdentity("new", "a build", "app #1"), 0);
        world.disk.fail();
        world.timing.advance(Duration.ofMinutes(1));
        TestClients.get(world.ledger.look().future());
        assertThat(owners()).containsExactly("new");
        world.restart();
        assertThat(owners()).containsExactly("new");
    }

    private List<String> owners() {
        return world.attempts.forKey(world.key(), "").stream()
                .map(UnknownAttempt::owner)
                .toList();
    }

    /** A run that has noted what it is about to send when the disk becomes full. */
    private TestRun fullWhenSent() {
        return world.trial()
                .refused(() -> {
                    world.disk.room(0);
                    return Optional.empty();
                })
                .start();
    }

    @Test
    void aFullDiskHoldsUpNoEndForLong() {
        TestRun trial = fullWhenSent();
        world.timing.awaitWaits(2);
        world.timing.advance(Duration.ofSeconds(5));
        trial.isDone(Origin.CREATED, 1);
        world.disk.room(Long.MAX_VALUE);
        TestClients.get(world.journal.flush());
        world.restart();
        assertThat(world.claims.claim(world.key(), trial.result().record(), "another run", Duration.ZERO))
                .isFalse();
        assertThat(world.ledger.unclaimedRequests().leftBy()).isEmpty();
    }

    @Test
    void aFullDiskHoldsUpNoFailureForLong() {
        world.fault(Fault.dropBefore());
        TestRun trial = fullWhenSent();
        RunFixture.until(() -> {
            world.timing.passIfAny();
            return trial.ended();
        });
        trial.isUnknown();
        world.disk.room(Long.MAX_VALUE);
        TestClients.get(world.journal.flush());
        world.restart();
        assertThat(owners()).containsExactly(trial.owner());
    }
}
