package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Story.LIST;
import static io.jenkins.plugins.metakraftwerk.simulation.Story.POST;

import org.junit.jupiter.api.Test;

/** Stories of runs that learn of others after a restart, when the ledger was cut meanwhile. */
class CutLedgerStoriesTest extends StoryTest {

    CutLedgerStoriesTest() {
        super(Story.thatCuts());
    }

    @Test
    void whoComesBackAfterItHadEndedUnknownIsStillBeforeThoseThatSentLater() {
        SimRun first = story.begin("app#1", deploys());
        SimRun later = story.begin("app#2", deploys());
        story.next(first, POST, SimFault.SILENT_AFTER);
        story.next(later, POST, SimFault.SILENT_BEFORE);
        story.untilSent(later);
        story.untilCarriedOut(first);
        story.kill();
        Story.Held search = story.hold(first, LIST);
        story.hold(first, LIST);
        story.hold(later, LIST);
        story.until(search::isThere);
        story.abort(first);
        story.until(() -> first.outcome != null);
        story.kill(later, first);
        isWell();
    }
}
