package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.MemoryDisk.Op;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs do where it is not known what others have deployed or left unknown, or that cannot be noted. */
class LostMemoryTest {

    /** What is written to its file, so that it cannot be understood. */
    private enum Damaged {
        CLAIMS(RunFixture.CLAIMS),
        ATTEMPTS(RunFixture.ATTEMPTS);

        private final Path file;

        Damaged(Path file) {
            this.file = file;
        }

        private Journal journal(RunFixture world) {
            return this == CLAIMS ? world.claimLines : world.attemptLines;
        }
    }

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

    private void damaged(Path file, String line) {
        world.disk.put(file, line + "\n");
        world.restart();
    }

    private TestRun waiting(TestRun trial) {
        world.timing.awaitWaits(1);
        assertThat(trial.ended()).isFalse();
        assertThat(trial.text()).contains("until an administrator of Jenkins has decided");
        return trial;
    }

    /** Its waiting time, of 10 minutes, passes. */
    private void tooLong() {
        for (int i = 0; i < 5 * 60 / 5; i++) {
            world.timing.awaitWaits(1);
            world.timing.advance(Duration.ofSeconds(10));
        }
    }

    @Test
    void nothingIsSentWhereNothingCanBeRead() {
        unreadable();
        TestRun trial = waiting(world.trial().start());
        assertThat(trial.log)
                .last()
                .asString()
                .contains("The file claims in the home of Jenkins cannot be read (Input/output error).")
                .contains("for 10 min at most");
        tooLong();
        MetaKraftwerkException failure = trial.failure();
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(failure)
                .hasMessageContaining("The file claims in the home of Jenkins cannot be read")
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
        world.disk.fail();
        world.timing.pass();
        world.timing.automatic();
        world.timing.passIfAny();
        assertThat(trial.isUnknown()).as("the record is that of another").contains("No record of the deployment");
    }

    @ParameterizedTest
    @EnumSource
    void itGoesOnWhenAnAdministratorHasDecided(Damaged what) {
        damaged(what.file, "https://elsewhere.invalid and more");
        TestRun trial = waiting(world.trial().start());
        assertThat(world.server.requests()).isEmpty();
        assertThat(trial.log)
                .last()
                .asString()
                .contains("Lines of the file " + what.file + " in the home of Jenkins cannot be understood (1).");
        TestClients.get(what.journal(world).putAside());
        world.timing.pass();
        trial.isDone(Origin.CREATED, 1);
        assertThat(world.disk.text(Path.of(what.file + ".unreadable")))
                .isEqualTo("https://elsewhere.invalid and more\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://elsewhere.invalid#7", "https://elsewhere.invalid#x run 1"})
    void aClaimOfAnotherServerHoldsNobodyUp(String line) {
        damaged(RunFixture.CLAIMS, line);
        world.trial().start().isDone(Origin.CREATED, 1);
    }

    @Test
    void anAttemptOnAnotherServerHoldsNobodyUp() {
        damaged(RunFixture.ATTEMPTS, "{\"attempt\":{\"key\":{\"server\":\"https://elsewhere.invalid\",");
        world.trial().start().isDone(Origin.CREATED, 1);
    }

    @Test
    void aClaimOfThisServerHoldsItUp() {
        damaged(RunFixture.CLAIMS, server + "#7");
        waiting(world.trial().start());
    }

    @Test
    void anAttemptOnThisServerHoldsItUp() {
        damaged(RunFixture.ATTEMPTS, "{\"attempt\":{\"key\":{\"server\":\"" + server + "\"}}}");
        waiting(world.trial().start());
    }

    @Test
    void whatMayHaveBeenSentIsNotLookedForAndEndsUnknown() {
        world.record();
        unreadable();
        TestRun trial = waiting(world.trial().startFrom(States.sending(0)));
        tooLong();
        // Nobody can note it.
        world.timing.awaitWait();
        world.timing.advance(Duration.ofSeconds(5));
        assertThat(trial.isUnknown())
                .contains("No administrator of Jenkins has decided in time")
                .doesNotContain("Nothing was");
        assertThat(world.server.requests()).isEmpty();
        world.disk.fail();
        TestClients.get(world.attemptLines.flush());
        world.restart();
        assertThat(world.attempts.of(world.key(), "")).hasSize(1);
    }

    @Test
    void whatIsInDoubtEndsUnknown() {
        world.record();
        unreadable();
        TestRun trial = waiting(world.trial().startFrom(States.sending(0).plannedInDoubt()));
        tooLong();
        world.timing.awaitWait();
        world.timing.advance(Duration.ofSeconds(5));
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
        world.disk.fail();
        world.timing.pass();
        assertThat(trial.result().origin()).isEqualTo(Origin.CREATED);
        assertThat(trial.text()).contains("An attempt of app of another build ended unknown");
    }

    @Test
    void anAttemptThatIsSettledMeanwhileDoesNotComeBack() {
        TestRun lost = world.lost("a build");
        unreadable();
        world.attempts.settle(lost.owner());
        world.attempts.note(world.key(), new RunIdentity("new", "a build", "app #1"), 0);
        world.disk.fail();
        world.timing.advance(Duration.ofMinutes(1));
        TestClients.get(world.attempts.look());
        assertThat(owners()).containsExactly("new");
        world.restart();
        assertThat(owners()).containsExactly("new");
    }

    private List<String> owners() {
        return world.attempts.of(world.key(), "").stream()
                .map(UnknownAttempt::owner)
                .toList();
    }

    @Test
    void aFullDiskHoldsUpNoEndForLong() {
        world.disk.room(0);
        TestRun trial = world.trial().start();
        world.timing.awaitWaits(2);
        world.timing.advance(Duration.ofSeconds(5));
        trial.isDone(Origin.CREATED, 1);
        world.disk.room(Long.MAX_VALUE);
        TestClients.get(world.claimLines.flush());
        world.restart();
        assertThat(world.disk.text(RunFixture.CLAIMS)).isEqualTo(server + "#1 " + trial.owner() + "\n");
    }

    @Test
    void aFullDiskHoldsUpNoFailureForLong() {
        world.disk.room(0);
        world.fault(Fault.dropBefore());
        TestRun trial = world.trial().start();
        RunFixture.until(() -> {
            world.timing.passIfAny();
            return trial.ended();
        });
        trial.isUnknown();
        world.disk.room(Long.MAX_VALUE);
        TestClients.get(world.attemptLines.flush());
        world.restart();
        assertThat(owners()).containsExactly(trial.owner());
    }
}
