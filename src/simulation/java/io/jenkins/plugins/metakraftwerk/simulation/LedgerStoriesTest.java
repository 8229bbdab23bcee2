package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Story.LIST;
import static io.jenkins.plugins.metakraftwerk.simulation.Story.POST;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.store.MemoryDisk.Op;
import org.junit.jupiter.api.Test;

/** Stories of runs that learn of others after a restart. */
class LedgerStoriesTest extends StoryTest {

    @Test
    void theRecordOfARunThatHasNotGoneOnYetAfterAKillIsNotTaken() {
        lost("app#41", deploys());
        SimRun other = story.begin("other#7", deploys());
        story.next(other, POST, SimFault.SILENT_AFTER);
        story.untilCarriedOut(other);
        SimRun again = story.begin("app#42", deploys());
        story.kill(again);
        isWell();
    }

    @Test
    void norIsThatOfAnotherGroupForOneOfItsBuild() {
        lost("app#1", skips());
        SimRun other = story.begin("app#4", deploys("#41"));
        story.next(other, POST, SimFault.SILENT_AFTER);
        story.untilCarriedOut(other);
        SimRun again = story.begin("app#1", skips());
        story.kill(again);
        isWell();
    }

    @Test
    void norOneThatAnotherHasStoredToBeItsResult() {
        SimRun silent = story.begin("app#1", deploys());
        SimRun other = story.begin("app#2", deploys());
        story.next(silent, POST, SimFault.SILENT_BEFORE);
        story.slowClaims(30);
        story.untilStored(other, Phase.DONE);
        story.kill(silent);
        isWell();
    }

    @Test
    void aRequestForAnotherGroupThatHasLandedSettlesNoUnknownOne() {
        SimRun unknown = story.begin("app#3", skips("#41"));
        SimRun insists = story.begin("app#1", skipsAndInsists());
        SimRun waits = story.begin("app#2", skips("#41"));
        Story.Held late = story.hold(unknown, POST);
        story.next(unknown, LIST, SimFault.NONE);
        story.next(unknown, LIST, SimFault.GARBAGE);
        story.untilOver(unknown);
        story.untilOver(insists);
        story.untilOver(waits);
        late.goOn();
        isWell();
    }

    @Test
    void nothingIsSentThatCouldNotBeNoted() {
        SimRun app = story.begin("app#1", deploys());
        story.disk().isFull(0, 600);
        isWell();
        assertThat(app.posts).isEmpty();
        assertThat(app.outcome.saysNothingDone()).isTrue();
    }

    @Test
    void whoComesBackAfterItHadEndedUnknownIsStillBeforeThoseThatSentLater() {
        SimRun first = story.begin("app#1", deploys());
        Story.Held held = story.hold(first, POST);
        story.until(held::isThere);
        SimRun later = story.begin("app#2", deploys());
        story.next(later, POST, SimFault.SILENT_BEFORE);
        story.untilSent(later);
        story.until(() -> first.outcome != null);
        held.goOn();
        story.kill(first);
        isWell();
    }

    @Test
    void whoWasRefusedLeavesTheRecordToThoseThatSeekTheirs() {
        SimRun sent = story.begin("app#1", deploys());
        story.next(sent, POST, SimFault.SILENT_AFTER);
        SimRun refused = story.begin("app#2", deploys());
        story.next(refused, POST, SimFault.UNAVAILABLE);
        story.untilCarriedOut(sent);
        story.until(() -> refused.stored.doubted());
        story.kill(sent, refused);
        story.hold(sent, LIST);
        isWell();
    }

    @Test
    void whatAnotherLedgerKnowsOfARunMayHaveBeenAnything() {
        SimRun app = story.begin("app#1", deploys());
        story.next(app, POST, SimFault.SILENT_AFTER);
        story.untilCarriedOut(app);
        story.kill();
        story.disk().loseLedger();
        SimRun next = story.begin("app#1", deploys());
        isWell();
        assertThat(app.outcome.isUnknown()).isTrue();
        assertThat(app.posts).hasSize(1);
        assertThat(next.outcome.isUnknown()).isTrue();
        assertThat(next.posts).isEmpty();
    }

    @Test
    void whoHasNotEnteredAnyBeginsInAnother() {
        SimRun app = story.begin("app#1", deploys());
        story.kill();
        story.disk().loseLedger();
        isWell();
        assertThat(app.outcome).isInstanceOf(RunOutcome.Done.class);
    }

    @Test
    void whoHadEndedAndIsBroughtBackEndsTheSame() {
        SimRun app = story.begin("app#1", deploys());
        story.storesBuildsAfter(60);
        story.until(() -> app.outcome != null);
        story.pass(5);
        story.writeAll();
        story.kill();
        isWell();
        assertThat(app.posts).hasSize(1);
        assertThat(app.lives).isEqualTo(2);
        assertThat(app.outcome).isInstanceOf(RunOutcome.Done.class);
    }

    @Test
    void whoHasEndedIsNotUnknownThoughAKillCameBeforeThatWasNoted() {
        SimRun app = story.begin("app#1", deploys());
        Story.Held held = story.hold(app, POST);
        story.until(() -> app.outcome != null);
        story.kill();
        held.goOn();
        story.until(() -> story.disk().saysDone(app));
        story.kill();
        SimRun next = story.begin("app#1", deploys());
        isWell();
        assertThat(next.posts).hasSize(1);
    }

    @Test
    void norWhereWhatWasKeptOfItEndsThere() {
        SimRun app = story.begin("app#1", deploys());
        story.untilSent(app);
        story.disk().fails(3600, Op.FORCE, Op.TRUNCATE, Op.REPLACE);
        story.until(() -> story.disk().hasWrittenClaim(app));
        story.disk().losePowerAfterClaim(app);
        story.kill();
        story.deleteRecords();
        isWell();
        assertThat(app.outcome).isInstanceOf(RunOutcome.Done.class);
    }

    @Test
    void whatHasLandedRightBeforeAKillIsNotSentAgainWhereListsDoNotShowItYet() {
        SimRun app = story.begin("app#1", deploys());
        story.untilOver(app);
        story.listsLag(240);
        story.kill();
        SimRun skips = story.begin("app#2", skips());
        isWell();
        assertThat(skips.posts).isEmpty();
    }

    @Test
    void theRecordOfARunThatComesBackLateIsNotTaken() {
        SimRun late = story.begin("app#1", deploys());
        SimRun other = story.begin("app#2", deploys());
        story.next(late, POST, SimFault.SILENT_AFTER);
        story.next(other, POST, SimFault.LOST_BEFORE);
        story.untilSent(other);
        story.untilCarriedOut(late);
        story.waitsForAgent("app#1", 60);
        story.kill();
        isWell();
        assertThat(late.outcome).isInstanceOf(RunOutcome.Done.class);
    }

    @Test
    void whatIsUnknownIsNotSentAgainInItsBuildThoughTheSameHasLandedInAnother() {
        SimRun unknown = lost("app#1", deploys());
        SimRun other = story.begin("app#2", deploys());
        story.untilOver(other);
        SimRun again = story.begin("app#1", deploys());
        isWell();
        assertThat(unknown.outcome.isUnknown()).isTrue();
        assertThat(other.posts).hasSize(1);
        assertThat(again.posts).isEmpty();
    }

    @Test
    void whoseRecordIsKnownHasItThoughSomebodyHasDeletedItSinceAKill() {
        SimRun app = story.begin("app#1", deploys());
        story.until(() -> story.disk().hasClaim(app));
        story.kill();
        story.deleteRecords();
        isWell();
        assertThat(app.outcome).isInstanceOf(RunOutcome.Done.class);
    }
}
