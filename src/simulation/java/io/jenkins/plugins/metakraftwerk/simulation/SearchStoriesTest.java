package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Story.LIST;
import static io.jenkins.plugins.metakraftwerk.simulation.Story.POST;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whose a record is that more than one run may have asked for, and for how long that is looked for. */
class SearchStoriesTest extends StoryTest {

    @Test
    void whoLooksTakesItsRecordAsSoonAsAnotherHasBeenAnsweredWithItsOwn() {
        SimRun looks = story.begin("app#1", deploys());
        SimRun other = story.begin("app#2", deploys());
        Story.Held held = story.hold(other, POST);
        story.next(looks, POST, Fault.CUT);
        story.until(() -> held.isThere() && looks.worked() > 0);
        story.pass(5);
        assertThat(looks.outcome).as("while it may be of the other").isNull();
        held.goOn();
        isWell();
        assertThat(looks.outcome).isInstanceOf(Outcome.Done.class);
        assertThat(other.outcome).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whoWasRefusedTakesNoRecordThatAnotherLooksFor() {
        SimRun looks = story.begin("app#1", deploys());
        SimRun refused = story.begin("app#2", deploys());
        story.next(refused, POST, Fault.UNAVAILABLE);
        story.next(looks, POST, Fault.CUT);
        story.untilCarriedOut(looks);
        Story.Held held = story.hold(looks, LIST);
        story.until(() -> held.isThere() && refused.stored.doubted());
        story.pass(30);
        held.goOn();
        isWell();
        assertThat(looks.outcome).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aRequestThatWasRefusedIsNotWaitedForWhileItsRunIsNotBackAfterAKill() {
        SimRun refused = story.begin("app#1", deploys());
        story.next(refused, POST, Fault.BUSY);
        story.untilSent(refused);
        story.pass(1);
        story.waitsForAgent("app#1", 1200);
        story.kill();
        SimRun looks = story.begin("app#2", deploys());
        story.next(looks, POST, Fault.CUT);
        story.untilOver(looks);
        assertThat(refused.lives).as("is not back").isEqualTo(1);
        assertThat(story.world.scheduler.now()).as("was waited for").isLessThan(60 * Scheduler.SECOND);
        isWell();
        assertThat(looks.outcome).isInstanceOf(Outcome.Done.class);
        assertThat(refused.outcome).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aBuildIsWaitedForNoLongerThanWasSaidAlthoughTheClockIsSetBack() {
        story.buildEndsAt(Long.MAX_VALUE);
        Job job = Jobs.job(Jobs.BUILD, false, "", false, true, false, 10, Duration.ZERO, 0, true);
        SimRun waits = story.begin("app#1", job);
        story.pass(60);
        story.world.controller.setClock(Duration.ofDays(-1));
        story.kill();
        story.untilOver(waits);
        assertThat(story.world.scheduler.now()).isLessThan(20 * 60 * Scheduler.SECOND);
        isWell();
    }
}
