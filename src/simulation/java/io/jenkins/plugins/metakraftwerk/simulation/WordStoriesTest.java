package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Story.POST;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Stories of runs after somebody settles one that ended unknown. */
class WordStoriesTest extends StoryTest {

    private Optional<String> isThere(SimRun run, SimRecord record) {
        Optional<String> refusal = story.world.words.say(run, record).map(Text::key);
        assertThat(run.said == null).as("nobody could say that").isEqualTo(refusal.isPresent());
        return refusal;
    }

    private Optional<String> isNotThere(SimRun run) {
        return isThere(run, null);
    }

    private SimRecord recordOf(SimRun run) {
        return story.world.server(World.HOST).database.records.stream()
                .filter(record -> record.cause != null && record.cause.sender == run)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsNotThereKeepsNoAttemptOfItsBuildFromSending() {
        SimRun unknown = lost("app#1", deploys());
        assertThat(isNotThere(unknown)).isEmpty();
        story.pass(1);
        story.kill();
        SimRun again = story.begin("app#1", deploys());
        isWell();
        assertThat(again.posts).hasSize(1);
        assertThat(again.outcome).isInstanceOf(RunOutcome.Done.class);
    }

    @Test
    void whatIsThereIsTakenByNobodyElseAlsoAfterAKill() {
        SimRun unknown = story.begin("app#1", deploys());
        Story.Held held = story.hold(unknown, POST);
        SimRun other = story.begin("app#2", deploys());
        story.next(other, POST, SimFault.LOST_BEFORE);
        story.until(() -> held.isThere() && !other.posts.isEmpty());
        story.kill();
        story.untilOver(unknown);
        story.untilOver(other);
        held.goOn();
        story.untilCarriedOut(unknown);
        assertThat(isThere(unknown, recordOf(unknown))).isEmpty();
        story.pass(1);
        story.kill();
        SimRun again = story.begin("app#2", deploys());
        isWell();
        assertThat(again.posts).isEmpty();
        assertThat(again.outcome.isUnknown()).isTrue();
    }

    @Test
    void theRecordOfAnotherIsNotSaidToBeItsOwn() {
        SimRun unknown = lost("app#1", deploys());
        SimRun other = story.begin("app#2", deploys());
        story.untilOver(other);
        assertThat(isThere(unknown, recordOf(other))).contains("word.ofAnother");
        isWell();
    }

    @Test
    void norOneThatAnotherIsAboutToBeAnsweredWith() {
        SimRun unknown = lost("app#1", deploys());
        SimRun other = story.begin("app#2", deploys());
        story.next(other, POST, SimFault.LATE);
        story.untilCarriedOut(other);
        assertThat(isThere(unknown, recordOf(other))).contains("word.perhapsOfAnother");
        isWell();
        assertThat(other.outcome).isInstanceOf(RunOutcome.Done.class);
    }

    @Test
    void itsOwnLateAnswerIsWaitedForAndTold() {
        SimRun aborted = story.begin("app#1", deploys());
        Story.Held held = story.hold(aborted, POST);
        story.until(held::isThere);
        story.abort(aborted);
        story.untilOver(aborted);
        assertThat(isNotThere(aborted)).contains("word.onItsWay");
        held.goOn();
        isWell();
        assertThat(aborted.late).hasSize(1);
    }
}
