package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Story.LIST;
import static io.jenkins.plugins.metakraftwerk.simulation.Story.POST;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import org.junit.jupiter.api.Test;

/** What is known to be wrong, each as the story that shows it. A story that is mended moves to the faults that were found. */
class KnownRedsTest extends StoryTest {

    /** Take out what is mended, and add nothing. */
    @Test
    void theListOnlyShrinks() {
        assertThat(KnownReds.values())
                .isSubsetOf(
                        KnownReds.TOOK_ANOTHERS,
                        KnownReds.SECOND_RESUMED_FIRST,
                        KnownReds.UNKNOWN_WHILE_IT_WAITED,
                        KnownReds.LANDINGS_FORGOTTEN,
                        KnownReds.SETTLED_BY_ANOTHER_EXECUTOR,
                        KnownReds.QUEUE_FORGETS_ITS_ORDER);
    }

    @Test
    void aRunTakesTheRecordOfAnotherThatHasNotGoneOnYetAfterAKill() {
        lost("app#41", deploys());
        SimRun other = story.begin("other#7", deploys());
        story.next(other, POST, Fault.SILENT_AFTER);
        story.untilCarriedOut(other);
        SimRun again = story.begin("app#42", deploys());
        story.kill(again);
        isRedAsKnown(KnownReds.TOOK_ANOTHERS);
    }

    @Test
    void aRunTakesTheRecordOfAnotherGroupForThatOfItsBuildAfterAKill() {
        lost("app#1", skips());
        SimRun other = story.begin("app#4", deploys("#41"));
        story.next(other, POST, Fault.SILENT_AFTER);
        story.untilCarriedOut(other);
        SimRun again = story.begin("app#1", skips());
        story.kill(again);
        isRedAsKnown(KnownReds.TOOK_ANOTHERS);
    }

    @Test
    void aRunTakesTheRecordThatAnotherHasStoredToBeItsResult() {
        SimRun silent = story.begin("app#1", deploys());
        SimRun other = story.begin("app#2", deploys());
        story.next(silent, POST, Fault.SILENT_BEFORE);
        story.slowClaims(30);
        story.untilStored(other, Phase.DONE);
        story.kill(silent);
        isRedAsKnown(KnownReds.TOOK_ANOTHERS);
    }

    @Test
    void ofTwoRunsThatSkipTheSecondSendsBeforeTheFirstHasGoneOnAfterAKill() {
        SimRun first = story.begin("app#1", skips());
        SimRun second = story.begin("app#2", skips());
        Story.Held held = story.hold(first, POST);
        story.until(held::isThere);
        story.kill(second);
        story.untilOver(second);
        held.goOn();
        isRedAsKnown(KnownReds.SECOND_RESUMED_FIRST);
    }

    @Test
    void whatEndedUnknownWhileARunWaitedIsToItAfterAKillWhatWasThereBefore() {
        SimRun first = story.begin("app#1", skips());
        SimRun second = story.begin("app#2", skips());
        Story.Held held = story.hold(first, POST);
        story.untilOver(first);
        story.kill();
        story.untilOver(second);
        held.goOn();
        isRedAsKnown(KnownReds.UNKNOWN_WHILE_IT_WAITED);
    }

    @Test
    void aRequestForAnotherGroupThatHasLandedSettlesAnUnknownOne() {
        SimRun unknown = story.begin("app#3", skips("#41"));
        SimRun insists = story.begin("app#1", skipsAndInsists());
        SimRun waits = story.begin("app#2", skips("#41"));
        Story.Held late = story.hold(unknown, POST);
        story.next(unknown, LIST, Fault.NONE);
        story.next(unknown, LIST, Fault.GARBAGE);
        story.untilOver(unknown);
        story.untilOver(insists);
        story.untilOver(waits);
        late.goOn();
        isRedAsKnown(KnownReds.SETTLED_BY_ANOTHER_EXECUTOR);
    }

    @Test
    void whoWaitsForItsTurnIsOvertakenAfterAKill() {
        SimRun first = story.begin("app#1", skips());
        SimRun second = story.begin("app#2", skips());
        story.until(() -> second.waitsForTurn);
        SimRun third = story.begin("app#3", skips());
        story.until(() -> third.waitsForTurn);
        story.kill(third);
        story.untilOver(first);
        isRedAsKnown(KnownReds.QUEUE_FORGETS_ITS_ORDER);
    }
}
