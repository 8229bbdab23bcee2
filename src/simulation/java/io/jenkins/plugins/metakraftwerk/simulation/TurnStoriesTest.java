package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Story.BUILD;
import static io.jenkins.plugins.metakraftwerk.simulation.Story.LIST;
import static io.jenkins.plugins.metakraftwerk.simulation.Story.POST;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.store.MemoryDisk.Op;
import org.junit.jupiter.api.Test;

/** Stories of turns after a restart, of runs that wait for one another. */
class TurnStoriesTest extends StoryTest {

    @Test
    void ofTwoRunsThatSkipTheSecondWaitsUntilTheFirstHasGoneOnAfterAKill() {
        SimRun first = story.begin("app#1", skips());
        SimRun second = story.begin("app#2", skips());
        Story.Held held = story.hold(first, POST);
        story.until(held::isThere);
        story.kill(second);
        story.untilOver(second);
        held.goOn();
        isWell();
    }

    @Test
    void whatEndedUnknownWhileARunWaitedDidSoAfterAKillToo() {
        SimRun first = story.begin("app#1", skips());
        SimRun second = story.begin("app#2", skips());
        Story.Held held = story.hold(first, POST);
        story.untilOver(first);
        story.kill();
        story.untilOver(second);
        held.goOn();
        isWell();
    }

    @Test
    void whoHasTheTurnWhenAnotherComesBackAfterAKillKeepsIt() {
        SimRun first = story.begin("app#1", skips());
        SimRun second = story.begin("app#2", skips());
        story.until(() -> second.waitsForTurn);
        SimRun third = story.begin("app#3", skips());
        story.until(() -> third.waitsForTurn);
        story.kill(third);
        story.untilOver(first);
        isWell();
    }

    @Test
    void alsoBesideOneThatLooksForItsRecordOnceMore() {
        SimRun first = story.begin("app#1", skips());
        story.next(first, POST, SimFault.LOST_BEFORE);
        story.untilSent(first);
        SimRun early = story.begin("app#2", skips());
        story.until(() -> early.waitsForTurn);
        SimRun late = story.begin("app#3", skips());
        story.until(() -> late.waitsForTurn);
        story.until(() -> first.outcome != null);
        Story.Held looks = story.hold(late, LIST);
        story.kill(late);
        story.until(looks::isThere);
        story.untilOver(first);
        assertThat(early.lives).isEqualTo(2);
        story.pass(5);
        assertThat(early.served).as("while another has the turn").isFalse();
        looks.goOn();
        isWell();
    }

    @Test
    void whoWaitsKeepsItsOrderBehindOneThatHadSent() {
        SimRun first = story.begin("app#1", skips());
        Story.Held held = story.hold(first, POST);
        story.until(held::isThere);
        SimRun second = story.begin("app#2", skips());
        story.until(() -> second.waitsForTurn);
        SimRun third = story.begin("app#3", skips());
        story.until(() -> third.waitsForTurn);
        story.kill(third);
        story.untilOver(second);
        assertThat(third.outcome).as("it came later").isNull();
        held.goOn();
        isWell();
    }

    @Test
    void whoHasGoneOnBeforeTheMemoryCouldBeReadKeepsItsPlace() {
        SimRun turn = story.begin("app#1", skips());
        story.until(story.hold(turn, BUILD)::isThere);
        SimRun waits = story.begin("app#2", skips());
        story.until(() -> waits.waitsForTurn);
        story.pass(1);
        story.disk().fails(120, Op.READ);
        story.kill();
        SimRun later = story.begin("app#3", skips());
        story.world.controller.loadFirst(turn, later);
        story.until(() -> waits.lives == 2 && later.begun);
        isWell();
        assertThat(waits.endedAt).isLessThan(later.endedAt);
    }
}
