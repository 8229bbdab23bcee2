package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Story.POST;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.store.MemoryDisk.Op;
import org.junit.jupiter.api.Test;

/** Stories of a disk that is full, cannot be read, or loses what was not forced to it. */
class DiskStoriesTest extends StoryTest {

    /** Returns a run whose response is lost and whose outcome nobody learns. */
    private SimRun unknown(String build) {
        SimRun run = story.begin(build, deploys());
        story.next(run, POST, SimFault.SILENT_BEFORE);
        story.untilSent(run);
        story.abort(run);
        return run;
    }

    private void anotherAttemptSendsNothing() {
        SimRun again = story.begin("app#1", deploys());
        isWell();
        assertThat(again.posts).isEmpty();
        assertThat(again.outcome.isUnknown()).isTrue();
    }

    @Test
    void whoseRecordItIsIsForcedToTheDiskAgainBeforeItIsReliedUpon() {
        SimRun app = story.begin("app#1", deploys());
        story.slowClaims(3);
        story.until(() -> app.stored != null && app.stored.phase() == Phase.DONE);
        story.disk().fails(40, Op.FORCE, Op.TRUNCATE);
        story.untilStored(app, Phase.DONE);
        story.stop();
        isWell();
        assertThat(app.outcome).isInstanceOf(RunOutcome.Done.class);
    }

    @Test
    void whatEndsUnknownWhileTheDiskIsFullIsRememberedWhenThereIsRoom() {
        story.disk().isFull(10, 20);
        SimRun app = unknown("app#1");
        story.untilOver(app);
        story.pass(60);
        story.kill();
        anotherAttemptSendsNothing();
    }

    @Test
    void nothingIsSentWhileNobodyCanReadWhatWasRemembered() {
        SimRun app = unknown("app#1");
        story.untilOver(app);
        story.disk().fails(120, Op.READ);
        story.kill();
        anotherAttemptSendsNothing();
    }

    @Test
    void aFurtherAttemptSaysThatTheFirstIsUnknownOnlyWhenThatIsNoted() {
        SimRun app = story.begin("app#1", deploys());
        story.next(app, POST, SimFault.SILENT_BEFORE);
        story.untilSent(app);
        story.slowClaims(3);
        story.abort(app);
        story.until(() -> app.outcome != null);
        SimRun further = story.begin("app#1", deploys());
        story.until(() -> further.outcome != null);
        story.kill();
        isWell();
        assertThat(further.posts).isEmpty();
    }

    @Test
    void whoseAnswerHasNamedItsRecordClaimsNoOther() {
        SimRun app = story.begin("app#1", deploys());
        Story.Held held = story.hold(app, POST);
        story.until(held::isThere);
        SimRecord automatic = story.serverDeploys(app.job);
        story.disk().fails(40, Op.FORCE);
        held.goOn();
        story.until(() -> app.posts.get(0).request.over);
        story.abort(app);
        story.until(() -> !app.late.isEmpty());
        SimRun next = story.begin("app#2", skips());
        isWell();
        assertThat(app.late).noneMatch(result -> result.record().id() == automatic.id);
        assertThat(next.posts).isEmpty();
    }
}
