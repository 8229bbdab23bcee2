package io.jenkins.plugins.metakraftwerk.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a trigger that is removed, and of one that is only made anew. */
class RemovedTriggerTest {

    private final WatchingTestJob job = new WatchingTestJob();

    @AfterEach
    void close() {
        job.close();
    }

    @BeforeEach
    void hasHadItsFirstLook() {
        job.shows(1);
        job.watcher.begin();
        assertThat(job.news()).containsExactly("first");
    }

    private void save(boolean trigger) {
        job.trigger = trigger;
        job.watcher.saved();
        if (trigger) {
            job.watcher.begin();
        }
    }

    @Test
    void aTriggerThatIsMadeAnewGoesOn() {
        save(false);
        job.timing.advance(RemovedTriggerDetector.GAP.minusMillis(1));
        job.shows(1, 2);
        job.trigger = true;
        job.watcher.saved();
        save(false);
        job.timing.advance(RemovedTriggerDetector.GAP.minusMillis(1));
        save(true);
        job.timing.advance(RemovedTriggerDetector.GAP);
        assertThat(job.news()).isEmpty();
        job.due();
        assertThat(job.news()).containsExactly("saw", "queued 2");
    }

    @Test
    void aTriggerThatIsMadeAnewTwiceWhileAllThreadsHangGoesOn() {
        job.stuck = new ArrayList<>();
        save(false);
        job.timing.advance(Duration.ofSeconds(40));
        save(true);
        save(false);
        job.timing.advance(Duration.ofSeconds(40));
        job.shows(1, 2);
        job.letGo();
        assertThat(job.news()).isEmpty();
        save(true);
        job.due();
        assertThat(job.news()).containsExactly("saw", "queued 2");
    }

    @Test
    void aTriggerThatIsGoneWhileSomebodySeesToTheJobIsNotOff() {
        job.meanwhile = () -> save(false);
        job.watcher.begin();
        job.meanwhile = () -> {};
        job.shows(1, 2);
        save(true);
        job.due();
        assertThat(job.news()).containsExactly("saw", "queued 2");
    }

    @Test
    void aTriggerThatWasRemovedBeginsAnew() {
        job.shows(1, 2);
        job.due();
        assertThat(job.queue).containsExactly(2L);
        save(false);
        assertThat(job.watcher.item(TestDisk.key(2))).isEqualTo(BuildWatcher.ItemVerdict.WITHOUT_TRIGGER);
        job.timing.advance(RemovedTriggerDetector.GAP);
        assertThat(job.news()).containsExactly("saw", "queued 2", "removed");
        assertThat(job.queue).isEmpty();
        assertThat(job.watcher.item(TestDisk.key(2))).isEqualTo(BuildWatcher.ItemVerdict.OVER);
        job.shows(1, 2, 3);
        save(true);
        assertThat(job.news()).containsExactly("brought back 2", "first");
        job.shows(1, 2, 3, 4);
        job.due();
        assertThat(job.queue).containsExactly(4L);
    }

    @Test
    void aRemovalThatNobodyHadTimeToSeeCounts() {
        save(false);
        job.stuck = new ArrayList<>();
        job.timing.advance(RemovedTriggerDetector.GAP);
        job.shows(1, 2);
        save(true);
        job.letGo();
        assertThat(job.news()).containsExactly("removed", "first");
        assertThat(job.queue).isEmpty();
    }

    @Test
    void aRemovalCountsAlsoWhereItCannotBeStored() {
        job.shows(1, 2);
        job.due();
        job.full = true;
        save(false);
        job.timing.advance(RemovedTriggerDetector.GAP);
        assertThat(job.news()).endsWith("removal not saved");
        assertThat(job.queue).isEmpty();
        job.shows(1, 2, 3);
        save(true);
        assertThat(job.news()).containsExactly("not saved");
        job.full = false;
        job.due();
        assertThat(job.news()).containsExactly("first");
        assertThat(job.queue).isEmpty();
    }

    @Test
    void aRestartWithinTheMinuteBeginsItAnew() {
        job.shows(1, 2);
        job.due();
        save(false);
        job.timing.forget();
        job.queue.clear();
        job.watcher = job.newLife();
        job.watcher.item(TestDisk.key(2));
        assertThat(job.queue).as("old starts wait until it is clear").isEmpty();
        job.watcher.saved();
        job.timing.advance(RemovedTriggerDetector.GAP);
        assertThat(job.news()).endsWith("removed");
        job.shows(1, 2, 3);
        save(true);
        assertThat(job.news()).containsExactly("first");
        assertThat(job.queue).isEmpty();
    }

    @Test
    void aTriggerThatComesBackWithinTheMinuteAfterARestartGoesOn() {
        job.shows(1, 2);
        job.due();
        save(false);
        job.timing.forget();
        job.queue.clear();
        job.watcher = job.newLife();
        job.watcher.item(TestDisk.key(2));
        job.watcher.saved();
        job.timing.advance(Duration.ofSeconds(59));
        assertThat(job.queue).isEmpty();
        save(true);
        assertThat(job.queue).containsExactly(2L);
    }

    /** It was asked for before, and would be taken for the first look after. */
    @Test
    void aLookThatIsOnItsWayWhenTheTriggerIsRemovedDoesNotCount() {
        job.list = null;
        job.due();
        save(false);
        job.timing.advance(RemovedTriggerDetector.GAP);
        job.shows(1);
        PolledBuilds old = job.seen();
        job.shows(1, 2);
        save(true);
        assertThat(job.news()).containsExactly("removed", "first");
        job.answer(old);
        assertThat(job.news()).containsExactly("changed");
        job.due();
        assertThat(job.queue).isEmpty();
    }

    /** No thread has seen to it when the minute was over, and threads serve in any order. */
    @Test
    void aLookThatOvertakesTheLossDoesNotCount() {
        save(false);
        job.refuses = true;
        job.timing.advance(RemovedTriggerDetector.GAP);
        job.refuses = false;
        assertThat(job.news()).containsExactly("not done");
        job.stuck = new ArrayList<>();
        job.shows(1, 2);
        save(true);
        job.due();
        Runnable look = job.stuck.remove(1);
        look.run();
        job.settle();
        job.stuck.remove(1).run();
        assertThat(job.news()).containsExactly("changed");
        job.letGo();
        assertThat(job.news()).containsExactly("removed", "first");
        assertThat(job.queue).isEmpty();
    }

    @Test
    void aJobThatIsNoMoreIsLeftAlone() {
        job.list = null;
        job.due();
        save(false);
        String before = job.text;
        job.watcher.forget();
        job.timing.advance(RemovedTriggerDetector.GAP);
        job.trigger = true;
        job.shows(1, 2);
        job.answer(job.seen());
        assertThat(job.text).isEqualTo(before);
        assertThat(job.queue).isEmpty();
    }
}
