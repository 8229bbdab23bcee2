package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Story.LIST;
import static io.jenkins.plugins.metakraftwerk.simulation.Story.POST;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Stories of runs that do not continue after a restart, or not yet. */
class LeftRunStoriesTest extends StoryTest {

    @Test
    void itIsFoundOutWhatBecameOfARunThatDoesNotGoOn() {
        SimRun killed = story.begin("app#1", dies());
        story.next(killed, POST, SimFault.SILENT_AFTER);
        story.untilCarriedOut(killed);
        story.kill();
        isWell();
        assertThat(killed.outcome).isInstanceOf(RunOutcome.Done.class);
    }

    @Test
    void whatIsNotFoundOfItEndsUnknownAndIsAskedAboutByTheNextOfItsBuild() {
        SimRun killed = story.begin("app#1", dies());
        story.next(killed, POST, SimFault.LOST_BEFORE);
        story.untilSent(killed);
        story.kill();
        story.pass(60 + 60);
        SimRun next = story.begin("app#1", deploys());
        isWell();
        assertThat(killed.outcome.isUnknown()).isTrue();
        assertThat(next.posts).isEmpty();
    }

    @Test
    void aRequestOfItThatWasDoubtedIsLookedForToo() {
        SimRun killed = story.begin("app#1", dies());
        story.next(killed, POST, SimFault.UNAVAILABLE_AFTER);
        story.untilCarriedOut(killed);
        story.until(() -> killed.posts.get(0).request.over);
        story.pass(1);
        story.kill();
        isWell();
        assertThat(killed.outcome).isInstanceOf(RunOutcome.Done.class);
    }

    @Test
    void noneOfItIsSentAgain() {
        SimRun killed = story.begin("app#1", dies(Duration.ofMinutes(2)));
        story.next(killed, POST, SimFault.UNAVAILABLE);
        story.until(() -> killed.stored.doubted());
        story.writeAll();
        story.kill();
        isWell();
        assertThat(killed.posts).hasSize(1);
        assertThat(killed.outcome.isUnknown()).isTrue();
    }

    @Test
    void whatHadSentNothingIsSaidToHave() {
        SimRun killed = story.begin("app#1", dies());
        Story.Held held = story.hold(killed, LIST);
        story.until(held::isThere);
        story.kill();
        isWell();
        assertThat(killed.neverSent).isTrue();
    }

    @Test
    void aRefusalIsKnownAfterAKill() {
        SimRun refused = story.begin("app#1", dies());
        story.next(refused, POST, SimFault.DENIED);
        story.untilOver(refused);
        story.kill();
        story.pass(60 + 5 * 60);
        SimRun next = story.begin("app#1", deploys());
        isWell();
        assertThat(next.posts).hasSize(1);
    }

    @Test
    void whoBeginsWhileTheSameIsLookedForSinceTheStartDoesNotSendBeforeThatHasEnded() {
        SimRun first = story.begin("app#1", deploys());
        story.next(first, POST, SimFault.LOST_BEFORE);
        story.untilSent(first);
        story.kill();
        story.until(() -> first.lives == 2);
        SimRun later = story.begin("app#2", deploys());
        story.untilSent(later);
        assertThat(first.outcome).as("has ended").isNotNull();
        isWell();
    }

    @Test
    void norWhereNobodyBringsItBack() {
        SimRun killed = story.begin("app#1", dies());
        story.next(killed, POST, SimFault.LOST_BEFORE);
        story.untilSent(killed);
        story.kill();
        SimRun later = story.begin("app#2", deploys());
        story.untilSent(later);
        assertThat(killed.outcome).as("has ended").isNotNull();
        isWell();
    }

    @Test
    void whatNobodyHasGoneOnWithForMinutesIsAskedAbout() {
        SimRun late = story.begin("app#1", deploys());
        story.next(late, POST, SimFault.SILENT_AFTER);
        story.untilCarriedOut(late);
        story.waitsForAgent("app#1", 1200);
        story.kill();
        story.pass(60 + 300);
        SimRun next = story.begin("app#2", deploys());
        isWell();
        assertThat(next.posts).isEmpty();
    }

    /** Returns a step of a build that a restart ends. */
    private static SimJob dies() {
        return dies(Duration.ZERO);
    }

    private static SimJob dies(Duration retryLimit) {
        return SimJobs.job(SimJobs.BUILD, false, "", false, false, false, 10, retryLimit, 0, false);
    }
}
