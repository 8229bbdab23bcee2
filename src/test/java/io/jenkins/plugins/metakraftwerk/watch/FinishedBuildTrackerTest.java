package io.jenkins.plugins.metakraftwerk.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.store.Disk;
import io.jenkins.plugins.metakraftwerk.store.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job remembers of the builds that it watches, and what it starts. */
class FinishedBuildTrackerTest {

    private static final String URL = "https://a";
    private static final Instant NOW = Instant.parse("2026-11-23T21:13:00Z");

    /** The disk and the queue of one job. */
    private static final class Disk implements FinishedBuildTracker.Storage, FinishedBuildTracker.Starter {
        private String text;
        private boolean full;
        private boolean unreadable;
        private boolean refuses;
        private boolean breaks;
        private final List<Long> queue = new ArrayList<>();
        private final List<Long> started = new ArrayList<>();
        private int aside;
        private int writes;

        @Override
        public Optional<String> read() throws IOException {
            if (unreadable) {
                throw new IOException("unreadable");
            }
            return Optional.ofNullable(text);
        }

        @Override
        public void write(String other) throws IOException {
            if (full) {
                throw new IOException("full");
            }
            text = other;
            writes++;
        }

        @Override
        public void keepAside() {
            aside++;
        }

        @Override
        public long nextNumber() {
            return 1 + started.size();
        }

        @Override
        public boolean isQueued(FinishedBuild build) {
            return queue.contains(build.id());
        }

        @Override
        public boolean hasStarted(FinishedBuild build) {
            return started.contains(build.id());
        }

        @Override
        public boolean queue(FinishedBuild build) {
            if (breaks) {
                throw new NoClassDefFoundError("x");
            }
            return !refuses && queue.add(build.id());
        }
    }

    private final Disk disk = new Disk();
    private FinishedBuildTracker builds = new FinishedBuildTracker(disk, disk);

    private static Build build(long id, String status, boolean deleted, String created) {
        return new Build(id, 3L, 100.0, status, null, "B" + id, deleted, null, 5L, null, null, null, null, created);
    }

    private static Build finished(long id) {
        return build(id, "FINISHED", false, "created " + id);
    }

    private FinishedBuildTracker.Outcome saw(Build... list) throws IOException {
        return saw(NOW, list);
    }

    private FinishedBuildTracker.Outcome saw(Instant now, Build... list) throws IOException {
        return builds.saw(URL, "all", Arrays.stream(list).collect(PolledBuilds.collector()), now);
    }

    private void restart() {
        builds = new FinishedBuildTracker(disk, disk);
    }

    private static FinishedBuild key(long id) {
        return new FinishedBuild(URL, id, Integer.toString(("created " + id).hashCode(), 36), null, 0);
    }

    @Test
    void theFirstLookOnlyNotes() throws IOException {
        FinishedBuildTracker.Outcome first = saw(finished(1), build(2, "BUILDING", false, "created 2"));
        assertThat(first.first()).isTrue();
        assertThat(disk.queue).isEmpty();
        saw(finished(3), finished(1), finished(2));
        saw(finished(3), finished(1), finished(2));
        assertThat(disk.queue).containsExactly(2L, 3L);
    }

    @Test
    void whatFailedWasCanceledOrDeletedStartsNothing() throws IOException {
        saw();
        saw(
                build(1, "FAILED", false, "created 1"),
                build(2, "CANCELED", false, "created 2"),
                build(3, "FINISHED", true, "created 3"),
                build(4, "ARCHIVING", false, "created 4"));
        assertThat(disk.queue).isEmpty();
        saw(finished(1), finished(2), finished(3), finished(4));
        assertThat(disk.queue).containsExactly(4L);
    }

    @Test
    void aLowerIdThatShowsUpLaterCounts() throws IOException {
        saw(finished(1));
        saw(finished(1), finished(3));
        saw(finished(1), finished(2), finished(3));
        assertThat(disk.queue).containsExactly(3L, 2L);
    }

    @Test
    void whatIsNeitherQueuedNorStartedIsQueuedAgainAfterARestart() throws IOException {
        saw();
        saw(finished(1), finished(2), finished(3));
        disk.queue.clear();
        disk.queue.add(2L);
        disk.started.add(1L);
        restart();
        assertThat(builds.mayRun(key(1))).isEmpty();
        builds.begin();
        assertThat(disk.queue).containsExactly(2L, 3L);
        assertThat(builds.mayRun(key(1))).contains(false);
        assertThat(builds.mayRun(key(3))).contains(true);
        builds.started(key(3));
        assertThat(builds.mayRun(key(3))).contains(false);
    }

    @Test
    void whatWasRefusedIsTriedAgain() throws IOException {
        saw();
        disk.refuses = true;
        assertThat(saw(finished(1)).refused()).hasSize(1);
        disk.refuses = false;
        assertThat(saw(finished(1)).queued()).hasSize(1);
    }

    @Test
    void whatWasTakenOutOfTheQueueDoesNotComeBack() throws IOException {
        saw();
        saw(finished(1));
        assertThat(builds.cancelled(key(1))).isTrue();
        assertThat(builds.cancelled(key(1))).isFalse();
        disk.queue.clear();
        restart();
        saw(finished(1));
        assertThat(disk.queue).isEmpty();
    }

    @Test
    void nothingIsQueuedThatCouldNotBeStored() throws IOException {
        saw();
        disk.full = true;
        assertThatThrownBy(() -> saw(finished(1))).hasMessage("full");
        assertThat(disk.queue).isEmpty();
        disk.full = false;
        saw(finished(1));
        assertThat(disk.queue).containsExactly(1L);
        disk.full = true;
        builds.started(key(1));
        disk.queue.clear();
        assertThatThrownBy(() -> saw(finished(1))).hasMessage("full");
        disk.full = false;
        saw(finished(1));
        assertThat(disk.queue).as("it has started").isEmpty();
    }

    @Test
    void nothingThatFinishedWhileItWasOffStarts() throws IOException {
        saw();
        saw(finished(1), build(2, "BUILDING", false, "created 2"));
        assertThat(builds.switchOff()).isTrue();
        assertThat(builds.switchOff()).isFalse();
        assertThat(builds.mayRun(key(1))).contains(false);
        disk.queue.clear();
        restart();
        FinishedBuildTracker.Outcome after = saw(finished(1), build(2, "BUILDING", false, "created 2"), finished(3));
        assertThat(after.first()).isTrue();
        assertThat(after.wasOff()).isTrue();
        saw(finished(1), finished(2), finished(3));
        assertThat(disk.queue).containsExactly(2L);
    }

    @Test
    void itIsOffAlsoWhereThatCannotBeStored() throws IOException {
        saw();
        saw(finished(1));
        disk.queue.clear();
        disk.full = true;
        assertThatThrownBy(builds::switchOff).hasMessage("full");
        assertThat(builds.mayRun(key(1))).contains(false);
        assertThatThrownBy(() -> saw(finished(1), finished(2))).hasMessage("full");
        disk.full = false;
        assertThat(builds.switchOff()).isTrue();
        assertThat(builds.switchOff()).isFalse();
        restart();
        assertThat(saw(finished(1), finished(2)).wasOff()).isTrue();
        assertThat(disk.queue).isEmpty();
    }

    @Test
    void itIsOffAlsoWhereTheMemoryCannotBeReadYet() throws IOException {
        saw();
        saw(finished(1));
        disk.queue.clear();
        restart();
        disk.unreadable = true;
        assertThatThrownBy(builds::switchOff).hasMessage("unreadable");
        disk.unreadable = false;
        builds.begin();
        assertThat(disk.queue).isEmpty();
        assertThat(saw(finished(1), finished(2)).wasOff()).isTrue();
    }

    @Test
    void anErrorInTheQueueLosesNothing() throws IOException {
        saw();
        disk.breaks = true;
        assertThatThrownBy(() -> saw(finished(1), finished(2))).isInstanceOf(NoClassDefFoundError.class);
        disk.breaks = false;
        saw(finished(1), finished(2));
        assertThat(disk.queue).containsExactly(1L, 2L);
    }

    @Test
    void anotherFilterBeginsAnewAndKeepsWhatWasPromised() throws IOException {
        saw();
        saw(finished(1));
        disk.queue.clear();
        restart();
        assertThat(builds.isFirst(URL, "all")).isFalse();
        assertThat(builds.isFirst(URL, "some")).isTrue();
        assertThat(disk.queue).containsExactly(1L);
        builds.saw(URL, "some", List.of(finished(2)).stream().collect(PolledBuilds.collector()), NOW);
        assertThat(disk.queue).containsExactly(1L);
        builds.started(key(1));
        assertThat(builds.mayRun(key(1))).contains(false);
    }

    /** A replica that lags shows as unfinished what was promised already. */
    @Test
    void anotherFilterPromisesNothingASecondTime() throws IOException {
        saw();
        saw(finished(1));
        builds.saw(
                URL,
                "some",
                List.of(build(1, "BUILDING", false, "created 1")).stream().collect(PolledBuilds.collector()),
                NOW);
        builds.saw(URL, "some", List.of(finished(1)).stream().collect(PolledBuilds.collector()), NOW);
        assertThat(disk.queue).containsExactly(1L);
        builds.started(key(1));
        builds.saw(
                URL,
                "all",
                List.of(build(1, "BUILDING", false, "created 1")).stream().collect(PolledBuilds.collector()),
                NOW);
        builds.saw(URL, "all", List.of(finished(1)).stream().collect(PolledBuilds.collector()), NOW);
        assertThat(disk.queue).containsExactly(1L);
    }

    /** The restored database has 1 and 2 as before, and gives 3 anew. */
    @Test
    void aReusedIdIsNotedAnew() throws IOException {
        saw(finished(1), finished(2), finished(3));
        assertThat(saw(finished(1), finished(2)).fellFrom()).isEqualTo(3);
        assertThat(saw(finished(1), finished(2)).fellFrom()).isZero();
        FinishedBuildTracker.Outcome anew =
                saw(finished(1), finished(2), build(3, "BUILDING", false, "later"), finished(4));
        assertThat(anew.restored()).isTrue();
        assertThat(disk.queue).isEmpty();
        FinishedBuildTracker.Outcome next =
                saw(finished(1), build(3, "FINISHED", false, "later"), finished(4), finished(5));
        assertThat(next.restored()).isFalse();
        assertThat(disk.queue).containsExactly(3L, 5L);
    }

    @Test
    void whatHasNoTimeIsForgottenWhenTheIdsStayLower() throws IOException {
        saw();
        saw(build(1, "FINISHED", false, null), build(2, "FINISHED", false, null));
        builds.started(new FinishedBuild(URL, 2, "", null, 0));
        disk.queue.clear();
        Build left = build(1, "FINISHED", false, null);
        saw(NOW, left);
        saw(NOW.plus(PollNotes.FALL), left);
        saw(NOW.plus(PollNotes.FALL).plus(Duration.ofMinutes(5)), left, build(2, "FINISHED", false, null));
        assertThat(disk.queue).containsExactly(2L);
        assertThat(builds.mayRun(new FinishedBuild(URL, 2, "", null, 0))).contains(true);
    }

    @Test
    void whatIsHeldIsBounded() throws IOException {
        saw(build(1, "BUILDING", false, "created 1"), finished(2));
        for (long from = 3; from < 10_000; from += 1000) {
            Build[] more = LongStream.range(from, from + 1000)
                    .mapToObj(id -> build(id, "FAILED", false, "created " + id))
                    .toArray(Build[]::new);
            saw(more);
            saw(build(1, "BUILDING", false, "created 1"), more[999]);
        }
        assertThat(disk.text.length()).isLessThan(60_000);
        restart();
        saw(finished(1), finished(2), build(10_002, "FAILED", false, "created 10002"));
        assertThat(disk.queue).as("it was seen running").containsExactly(1L);
    }

    @Test
    void whatCannotBeUnderstoodIsKeptAside() throws IOException {
        disk.text = "{\"noted\":7";
        saw(finished(1));
        assertThat(disk.aside).isEqualTo(1);
        assertThat(disk.queue).isEmpty();
    }

    @Test
    void theFileIsReplacedAtOnce(@TempDir Path folder) throws IOException {
        BuildMemoryFile file = new BuildMemoryFile(new LocalDisk(), () -> folder.resolve("m.json"));
        assertThat(file.read()).isEmpty();
        file.write("one");
        file.write("two");
        assertThat(file.read()).contains("two");
        file.keepAside();
        assertThat(file.read()).isEmpty();
        file.write("three");
        file.keepAside();
        assertThat(Files.readString(folder.resolve("m.json.unreadable"))).isEqualTo("two");
        assertThat(Files.readString(folder.resolve("m.json.unreadable.1"))).isEqualTo("three");
    }

    private static Build[] finished(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(FinishedBuildTrackerTest::finished)
                .toArray(Build[]::new);
    }

    private static List<Long> ids(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static List<Long> ids(List<FinishedBuild> builds) {
        return builds.stream().map(FinishedBuild::id).toList();
    }

    @Test
    void aLookStartsAHundredAndTheNextOnesTheRestTheOldestFirst() throws IOException {
        saw();
        FinishedBuildTracker.Outcome first = saw(finished(1, 250));
        assertThat(ids(first.queued())).isEqualTo(ids(1, 100)).isEqualTo(disk.queue);
        assertThat(ids(first.waiting())).isEqualTo(ids(101, 250));
        assertThat(first.givenUp()).isEmpty();
        builds.queueAgain();
        assertThat(disk.queue).as("no look in between").hasSize(100);
        FinishedBuildTracker.Outcome second = saw(finished(1, 260));
        assertThat(ids(second.queued())).isEqualTo(ids(101, 200));
        assertThat(ids(second.waiting())).isEqualTo(ids(201, 260));
        assertThat(ids(saw(finished(1, 260)).queued())).isEqualTo(ids(201, 260));
        assertThat(saw(finished(1, 260)).queued()).isEmpty();
    }

    @Test
    void whatWaitsForItsTurnSurvivesARestart() throws IOException {
        saw();
        saw(finished(1, 250));
        restart();
        builds.begin();
        assertThat(disk.queue).isEqualTo(ids(1, 200));
        builds.begin();
        saw();
        assertThat(disk.queue).isEqualTo(ids(1, 250));
    }

    /** As while Jenkins shuts down. */
    @Test
    void whatIsRefusedKeepsItsTurn() throws IOException {
        saw();
        disk.refuses = true;
        FinishedBuildTracker.Outcome refused = saw(finished(1, 250));
        assertThat(ids(refused.refused())).isEqualTo(ids(1, 100));
        assertThat(ids(refused.waiting())).isEqualTo(ids(101, 250));
        disk.refuses = false;
        builds.queueAgain();
        assertThat(disk.queue).isEqualTo(ids(1, 100));
    }

    @Test
    void onlySoManyWaitAndWhatIsGivenUpIsTold() throws IOException {
        saw();
        saw(finished(1, 10_000));
        assertThat(saw(finished(10_001, 10_003)).givenUp())
                .as("a hundred are queued, and none has started")
                .hasSize(3);
        for (long id = 1; id <= 100; id++) {
            builds.started(key(id));
        }
        FinishedBuildTracker.Outcome more = saw(finished(10_001, 10_200));
        assertThat(ids(more.givenUp())).isEqualTo(ids(10_104, 10_200));
        saw(finished(10_001, 10_200));
        assertThat(disk.text.length()).isLessThan(2_000_000);
        restart();
        disk.queue.clear();
        disk.started.addAll(ids(1, 100));
        for (int i = 0; i < 102; i++) {
            saw(finished(10_001, 10_200));
        }
        assertThat(disk.queue)
                .isEqualTo(
                        LongStream.concat(LongStream.rangeClosed(101, 10_000), LongStream.rangeClosed(10_004, 10_103))
                                .boxed()
                                .toList());
    }

    @Test
    void theStartsOfALookAreWrittenTogether() throws IOException {
        saw();
        saw(finished(1, 100));
        int before = disk.writes;
        for (long id = 1; id <= 100; id++) {
            builds.started(key(id));
            assertThat(builds.mayRun(key(id))).contains(false);
        }
        assertThat(disk.writes).isEqualTo(before);
        saw(finished(1, 100));
        assertThat(disk.writes).isEqualTo(before + 1);
        restart();
        builds.begin();
        assertThat(builds.mayRun(key(7))).contains(false);
    }

    /** Else a crash would start it once more. */
    @Test
    void aStartIsWrittenBeforeItsJenkinsBuildIsDeleted() throws IOException {
        saw();
        saw(finished(1, 10));
        for (long id = 1; id <= 10; id++) {
            builds.started(key(id));
        }
        int before = disk.writes;
        builds.leaves(key(1));
        builds.leaves(key(2));
        assertThat(disk.writes).isEqualTo(before + 1);
        disk.queue.clear();
        restart();
        builds.begin();
        assertThat(disk.queue).isEmpty();
    }

    /** The configuration of Jenkins is read anew, and the memory is another object that has not been read yet. */
    @Test
    void aStartIsWrittenAlsoByAnotherMemoryOfTheSameJob() throws IOException {
        saw();
        saw(finished(1));
        builds.started(key(1));
        disk.queue.clear();
        disk.started.add(1L);
        restart();
        builds.leaves(key(1));
        disk.started.clear();
        restart();
        builds.begin();
        assertThat(disk.queue).isEmpty();
    }

    /** The queue may bring them back, and the others not. */
    @Test
    void whatWasQueuedIsKnownBestWhenItIsSwitchedOff() throws IOException {
        saw();
        saw(finished(1, 5_000));
        builds.switchOff();
        restart();
        builds.begin();
        assertThat(ids(1, 100)).allMatch(id -> builds.mayRun(key(id)).equals(Optional.of(false)));
    }
}
