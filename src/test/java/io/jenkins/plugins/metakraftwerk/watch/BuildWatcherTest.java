package io.jenkins.plugins.metakraftwerk.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a trigger whatever hits it. */
class BuildWatcherTest {

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

    private static Throwable fault(String name) {
        return switch (name) {
            case "OutOfMemoryError" -> new OutOfMemoryError();
            case "NoClassDefFoundError" -> new NoClassDefFoundError("x");
            case "StackOverflowError" -> new StackOverflowError();
            default -> new IllegalStateException();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "FIND, NoClassDefFoundError",
        "FIND, IllegalStateException",
        "ASK, OutOfMemoryError",
        "ASK, NoClassDefFoundError",
        "ANSWER, StackOverflowError",
        "ANSWER, OutOfMemoryError",
        "WRITE, OutOfMemoryError",
        "WRITE, StackOverflowError",
        "QUEUE, NoClassDefFoundError",
        "QUEUE, OutOfMemoryError",
        "WORDS, OutOfMemoryError"
    })
    void anErrorEndsTheLookWithAWordAndTheNextOneComes(TestDisk.At where, String error) {
        job.failOnce(where, fault(error));
        job.shows(1, 2);
        job.due();
        assertThat(job.news()).containsOnlyOnce("broken " + error);
        job.shows(1, 2, 3);
        job.due();
        assertThat(job.news()).contains("saw");
        assertThat(job.queue).containsExactly(2L, 3L);
    }

    @Test
    void anErrorAtTheBeginningIsSaidToo() {
        job.failOnce(TestDisk.At.BEGUN, new NoClassDefFoundError("x"));
        job.watcher.begin();
        assertThat(job.news()).containsExactly("broken NoClassDefFoundError");
        job.watcher.begin();
        job.due();
        assertThat(job.news()).containsExactly("saw");
    }

    @Test
    void anErrorWhenAStartIsWrittenIsSaidAndItDoesNotStartAgain() {
        job.shows(1, 2);
        job.due();
        job.queue.clear();
        job.started.add(2L);
        job.watcher.started(TestDisk.key(2));
        job.failOnce(TestDisk.At.WRITE, new OutOfMemoryError());
        job.watcher.leaves(TestDisk.key(2));
        assertThat(job.news()).contains("broken OutOfMemoryError");
        job.due();
        assertThat(job.queue).isEmpty();
    }

    /** As where an Error hits what would have ended it. */
    @Test
    void aLookThatNeverEndsIsGivenUp() {
        job.list = null;
        job.due();
        assertThat(job.asked).hasSize(2);
        job.shows(1, 2);
        job.timing.advance(WatchingTestJob.LONGEST.minusMinutes(11));
        job.due();
        assertThat(job.news()).isEmpty();
        job.due();
        assertThat(job.news()).containsExactly("lost", "saw", "queued 2");
        job.shows(1, 2, 3);
        job.answer(job.seen());
        assertThat(job.queue).as("the one that was given up does not count").containsExactly(2L);
    }

    @Test
    void whereAllThreadsHangOneLookWaitsAndItSaysSo() {
        job.stuck = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            job.due();
            job.watcher.begin();
            // Until it is done what the first round has handed over, nothing runs.
            BuildWatcher.ItemVerdict expected =
                    i == 0 ? BuildWatcher.ItemVerdict.RUNS : BuildWatcher.ItemVerdict.CHECKED;
            assertThat(job.watcher.item(TestDisk.key(1))).isEqualTo(expected);
            job.watcher.disabled();
            job.watcher.cancelled(TestDisk.key(1));
        }
        assertThat(job.stuck).hasSize(4);
        job.letGo();
        assertThat(job.news()).containsExactly("off", "late 99", "first");
    }

    @Test
    void aQueueThatAsksForTheMemoryWaitsOnce() {
        job.stuck = new ArrayList<>();
        BuildWatcher<String> next = job.newLife();
        for (int i = 0; i < 100; i++) {
            assertThat(next.item(TestDisk.key(1))).isEqualTo(BuildWatcher.ItemVerdict.CHECKED);
        }
        assertThat(job.stuck).hasSize(1);
        job.letGo();
        assertThat(next.item(TestDisk.key(1))).isEqualTo(BuildWatcher.ItemVerdict.RUNS);
    }

    @Test
    void aLookThatNoThreadTakesIsMadeUpFor() {
        job.refuses = true;
        job.shows(1, 2);
        job.due();
        assertThat(job.news()).containsExactly("not done");
        job.refuses = false;
        job.due();
        assertThat(job.news()).containsExactly("late 1", "saw", "queued 2");
    }

    @Test
    void anAnswerThatNoThreadTakesIsMadeUpFor() {
        job.list = null;
        job.due();
        job.refuses = true;
        job.shows(1, 2);
        job.answer(job.seen());
        job.refuses = false;
        job.due();
        assertThat(job.news()).containsExactly("not done", "late 1", "saw", "queued 2");
    }

    /** Else it would come when the job is due, which may be tomorrow. */
    @Test
    void anotherFilterHasItsFirstLookAsSoonAsTheOneBeforeHasEnded() {
        job.list = null;
        job.due();
        job.filter = "some";
        job.watcher.begin();
        job.shows(1, 2);
        job.answer(job.seen());
        assertThat(job.news()).containsExactly("changed", "first");
    }

    @Test
    void whatSomebodyHasTakenOutIsForgottenOnce() {
        job.shows(1, 2);
        job.due();
        job.news();
        job.watcher.cancelled(TestDisk.key(2));
        job.watcher.cancelled(TestDisk.key(2));
        assertThat(job.news()).isEqualTo(List.of("cancelled 2"));
    }
}
