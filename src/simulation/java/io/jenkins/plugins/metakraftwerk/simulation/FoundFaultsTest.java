package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Story.BUILD;
import static io.jenkins.plugins.metakraftwerk.simulation.Story.LIST;
import static io.jenkins.plugins.metakraftwerk.simulation.Story.POST;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.store.MemoryDisk.Op;
import org.junit.jupiter.api.Test;

/** Faults that were found, each as the story that shows it: red where the fault is, whatever other schedules draw. */
class FoundFaultsTest extends StoryTest {

    @Test
    void whatIsDoubtedIsNotSaidToHaveSentNothingWhenItsServerIsGone() {
        SimRun app = story.begin("app#1", deploys());
        story.next(app, POST, Fault.UNAVAILABLE_AFTER);
        story.untilCarriedOut(app);
        story.untilStored(app, Phase.PLANNED);
        story.loseServer();
        story.kill();
        isWell();
        assertThat(app.outcome.isUnknown()).isTrue();
    }

    @Test
    void norWhenItWasJustAboutToStoreWhatItHadFound() {
        SimRun app = story.begin("app#1", deploys());
        story.next(app, POST, Fault.UNAVAILABLE_AFTER);
        story.untilCarriedOut(app);
        story.slowClaims(30);
        story.until(() -> app.stored.phase() == Phase.DONE);
        story.loseServer();
        story.kill();
        isWell();
        assertThat(app.outcome.isUnknown()).isTrue();
    }

    @Test
    void whatIsStoredToBeDoneIsTheResultAlthoughItsServerIsGone() {
        SimRun app = story.begin("app#1", deploys());
        story.untilStored(app, Phase.DONE);
        story.loseServer();
        story.stop();
        isWell();
        assertThat(app.outcome).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void theRecordOfARunThatIsAbortedWhileTheDiskIsStuckStaysItsOwn() {
        SimRun aborted = story.begin("app#1", deploys());
        SimRun other = story.begin("app#2", deploys());
        story.next(other, POST, Fault.SILENT_BEFORE);
        story.untilSent(other);
        story.untilCarriedOut(aborted);
        story.getStuck(30);
        story.abort(aborted);
        story.untilOver(aborted);
        story.kill();
        isWell();
    }

    @Test
    void soDoesTheOneThatItsAbortHasFoundAfterARestart() {
        SimRun aborted = story.begin("app#1", deploys());
        SimRun other = story.begin("app#2", deploys());
        story.next(aborted, POST, Fault.SILENT_AFTER);
        story.next(other, POST, Fault.SILENT_BEFORE);
        story.untilCarriedOut(aborted);
        story.kill();
        story.until(() -> aborted.lives == 2);
        story.getStuck(30);
        story.abort(aborted);
        story.untilOver(aborted);
        story.kill();
        isWell();
    }

    @Test
    void noAbortTakesTheRecordOfAnotherRunThatWouldFindItAfterAKill() {
        SimRun aborted = story.begin("app#1", deploys());
        SimRun owner = story.begin("app#2", deploys());
        story.next(aborted, POST, Fault.SILENT_BEFORE);
        story.next(owner, POST, Fault.CUT);
        story.untilCarriedOut(owner);
        story.until(() -> owner.posts.get(0).request.over);
        story.getStuck(30);
        story.abort(aborted);
        story.untilOver(aborted);
        story.kill();
        isWell();
    }

    /** The story of a rule that was wrong. */
    @Test
    void whoEndedUnknownForTheSakeOfAnotherMaySendWhenThatIsKnownToHaveDoneNothing() {
        SimRun aborted = story.begin("app#3", skips("nobody"));
        SimRun waits = story.begin("app#2", skips("nobody"));
        Story.Held held = story.hold(aborted, POST);
        story.until(held::isThere);
        story.abort(aborted);
        story.untilOver(waits);
        held.goOn();
        story.pass(5);
        SimRun again = story.begin("app#2", skips("nobody"));
        isWell();
        assertThat(waits.outcome.isUnknown()).isTrue();
        assertThat(again.posts).hasSize(1);
    }

    @Test
    void whoWaitsDoesNotTakeAnEndOfTheRunBeforeForTheOneThatItHadBeforeAKill() {
        SimRun lost = story.begin("app#1", skips());
        SimRun first = story.begin("app#2", skips());
        SimRun waits = story.begin("app#3", skips());
        story.next(lost, POST, Fault.LOST_BEFORE);
        story.until(() -> first.outcome != null);
        assertThat(first.outcome.isUnknown()).isTrue();
        story.kill(first);
        isWell();
        assertThat(first.outcome.isUnknown()).isTrue();
        assertThat(first.posts).isEmpty();
        assertThat(waits.posts).isEmpty();
        assertThat(waits.outcome.isUnknown()).isTrue();
    }

    @Test
    void whatARunLooksForIsNotTakenForWhatBecameOfAnother() {
        lost("app#1", deploys());
        SimRun looks = story.begin("app#2", deploys());
        story.next(looks, POST, Fault.CUT);
        story.untilCarriedOut(looks);
        Story.Held held = story.hold(looks, LIST);
        story.until(held::isThere);
        SimRun again = story.begin("app#1", deploys());
        story.pass(5);
        held.goOn();
        isWell();
        assertThat(looks.outcome).isInstanceOf(Outcome.Done.class);
        assertThat(again.outcome.isUnknown()).isTrue();
    }

    @Test
    void noAbortTakesWhatAnotherRunLooksFor() {
        SimRun aborted = story.begin("app#1", deploys());
        SimRun looks = story.begin("app#2", deploys());
        Story.Held late = story.hold(aborted, POST);
        story.until(late::isThere);
        story.next(looks, POST, Fault.CUT);
        story.untilCarriedOut(looks);
        Story.Held held = story.hold(looks, LIST);
        story.until(held::isThere);
        story.abort(aborted);
        story.untilOver(aborted);
        late.goOn();
        story.until(() -> !aborted.late.isEmpty());
        held.goOn();
        isWell();
        assertThat(aborted.outcome.isUnknown()).isTrue();
        assertThat(looks.outcome).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void bothCallsThatAreMadeAtOnceAreMadeAgainWithARenewedToken() {
        SimRun app = story.begin("app#1", deploys());
        story.hold(app, LIST).goesOnAfter(1);
        story.hold(app, BUILD).goesOnAfter(1);
        story.until(() -> app.requests.size() == 2);
        story.expireTokens();
        isWell();
        assertThat(app.outcome).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aBuildThatWasSeenToBeUnfinishedWhileTheListFailedIsNotSent() {
        story.buildEndsAt(60 * Scheduler.SECOND);
        SimRun app = story.begin("app#1", deploys());
        story.next(app, LIST, Fault.UNAVAILABLE);
        story.hold(app, BUILD).goesOnAfter(1);
        story.until(() -> app.requests.size() == 2);
        story.next(app, BUILD, Fault.DENIED);
        isWell();
        assertThat(app.posts).isEmpty();
        assertThat(app.outcome.mentions("build.unfinished")).isTrue();
    }

    @Test
    void anIdThatComesAgainAfterARestoreBelongsToWhoeverIsAnsweredWithIt() {
        SimRun before = story.begin("app#1", deploys());
        story.untilOver(before);
        story.pass(1);
        story.restore(60);
        SimRun after = story.begin("app#2", deploys());
        story.untilSent(after);
        story.disk().fails(3600, Op.FORCE, Op.TRUNCATE, Op.REPLACE);
        story.until(() -> story.disk().hasWrittenClaim(after));
        story.disk().losePowerAfterClaim(after);
        story.kill();
        isWell();
        assertThat(after.outcome).isInstanceOf(Outcome.Done.class);
        assertThat(after.outcome.record().record().id())
                .isEqualTo(before.outcome.record().record().id());
    }

    @Test
    void aBuildOfAJobThatWasMadeAnewIsAnother() {
        SimRun unknown = story.beginIn("app", "the first", deploys());
        story.next(unknown, POST, Fault.LOST_BEFORE);
        story.untilOver(unknown);
        SimRun another = story.beginIn("app", "the second", deploys());
        isWell();
        assertThat(another.posts).hasSize(1);
    }

    @Test
    void whatEndedUnknownIsNoLongerSoWhenItsRunIsBroughtBackAndKnowsThatNothingWasDone() {
        SimRun app = story.begin("app#1", deploys());
        story.next(app, POST, Fault.UNAVAILABLE);
        story.untilSent(app);
        story.next(app, LIST, Fault.PORTAL);
        story.next(app, LIST, Fault.PORTAL);
        story.storesBuildsAfter(60);
        story.until(() -> app.outcome != null);
        assertThat(app.outcome.isUnknown()).isTrue();
        story.writeAll();
        story.kill();
        story.next(app, LIST, Fault.NONE);
        story.next(app, LIST, Fault.PORTAL);
        story.storesBuildsAfter(0);
        story.until(() -> app.lives == 2);
        story.untilOver(app);
        assertThat(app.outcome.saysNothingDone()).isTrue();
        SimRun again = story.begin("app#1", deploys());
        isWell();
        assertThat(again.posts).hasSize(1);
    }
}
