package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.BuildLocation;
import io.jenkins.plugins.metakraftwerk.store.Journal;
import io.jenkins.plugins.metakraftwerk.store.JournalFile;
import io.jenkins.plugins.metakraftwerk.store.MemoryDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of requests that ended unknown, and for how long. */
class UnknownAttemptsTest {

    private static final RequestKey KEY = new RequestKey("https://a", 5139, "P", null, "D", null);
    private static final Path FILE = Path.of("ledger");
    private static final Duration DAY = Duration.ofDays(1);

    private final VirtualTiming timing = new VirtualTiming();
    private final MemoryDisk disk = new MemoryDisk();
    private Ledger ledger;
    private UnknownAttempts attempts = restarted();

    private UnknownAttempts restarted() {
        return restarted(Runnable::run);
    }

    private UnknownAttempts restarted(Executor writer) {
        var journal = new Journal(new JournalFile(disk, FILE), writer, timing, UnknownAttempts.REMEMBERED);
        ledger = new Ledger(timing, journal);
        return ledger.attempts();
    }

    private void note(String owner, long baseline) {
        attempts.note(KEY, null, new RunIdentity(owner, "build of " + owner, "app #1"), baseline);
    }

    private List<String> lines() {
        return disk.text(FILE).lines().filter(line -> !line.contains("BEGUN")).toList();
    }

    private List<String> owners() {
        return attempts.forKey(KEY, "").stream().map(UnknownAttempt::owner).toList();
    }

    private boolean isAdoptable() {
        return attempts.isAdoptable(attempts.forKey(KEY, "").get(0));
    }

    @Test
    void allOfItComesBackAfterARestart() {
        note("run 1", 7);
        var before = attempts.forKey(KEY, "");
        attempts = restarted();
        assertThat(attempts.forKey(KEY, "")).isEqualTo(before).singleElement().satisfies(attempt -> {
            assertThat(attempt.build()).isEqualTo("build of run 1");
            assertThat(attempt.buildName()).isEqualTo("app #1");
            assertThat(attempt.baseline()).isEqualTo(7);
        });
    }

    @Test
    void theEldestComesFirst() {
        note("run 2", 0);
        note("run 1", 0);
        assertThat(owners()).containsExactly("run 2", "run 1");
        attempts = restarted();
        assertThat(owners()).containsExactly("run 2", "run 1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itLastsThirtyDays(boolean restart) {
        note("run 1", 0);
        timing.advance(DAY.multipliedBy(30).minusMillis(1));
        attempts = restart ? restarted() : attempts;
        assertThat(owners()).containsExactly("run 1");
        timing.advance(Duration.ofMillis(1));
        assertThat(owners()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsRecordMayBeTakenForADay(boolean restart) {
        note("run 1", 0);
        timing.advance(DAY.minusMillis(1));
        attempts = restart ? restarted() : attempts;
        assertThat(isAdoptable()).isTrue();
        timing.advance(Duration.ofMillis(1));
        assertThat(isAdoptable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-40, 40})
    void aClockThatIsSetWhileJenkinsRunsChangesNothing(long days) {
        note("run 1", 0);
        timing.setClock(DAY.multipliedBy(days));
        assertThat(isAdoptable()).isTrue();
        timing.advance(DAY);
        assertThat(isAdoptable()).isFalse();
        timing.advance(DAY.multipliedBy(29));
        assertThat(owners()).isEmpty();
    }

    @Test
    void aClockThatIsSetBackMeanwhileMakesNothingLastLongerThanTheWhole() {
        note("run 1", 0);
        timing.setClock(DAY.multipliedBy(-40));
        attempts = restarted();
        timing.advance(DAY);
        assertThat(isAdoptable()).isFalse();
        timing.advance(DAY.multipliedBy(29));
        assertThat(owners()).isEmpty();
    }

    @Test
    void aClockThatIsSetForwardMeanwhileEndsIt() {
        note("run 1", 0);
        timing.setClock(DAY.multipliedBy(2));
        attempts = restarted();
        assertThat(isAdoptable()).isFalse();
        timing.setClock(DAY.multipliedBy(29));
        attempts = restarted();
        assertThat(owners()).isEmpty();
    }

    @Test
    void whatIsSettledIsForgotten() {
        note("run 1", 0);
        note("run 2", 0);
        attempts.settle("run 1");
        attempts.settle("nobody");
        assertThat(owners()).containsExactly("run 2");
        attempts = restarted();
        assertThat(owners()).containsExactly("run 2");
        assertThat(lines()).as("two notes, and one of the end").hasSize(3);
    }

    /** Whoever began to ask about it before says what its build is called now. */
    @Test
    void whatIsSettledStillFollowsItsJob() {
        attempts.note(KEY, null, new RunIdentity("run 1", "build", () -> new BuildLocation("app", 1, "app #1")), 0);
        UnknownAttempt asked = attempts.forKey(KEY, "").get(0);
        attempts.settle("run 1");
        ledger.moved("app", "renamed");
        assertThat(attempts.place(asked).job()).isEqualTo("renamed");
        ledger.moved("renamed", null);
        assertThat(attempts.place(asked).buildName()).isNull();
    }

    @Test
    void whatIsNotedAnewCountsAnew() {
        note("run 1", 3);
        timing.advance(DAY);
        note("run 1", 4);
        assertThat(isAdoptable()).isTrue();
        assertThat(attempts.forKey(KEY, ""))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.baseline()).isEqualTo(4));
    }

    @Test
    void theEldestOfTooManyIsForgotten() {
        IntStream.rangeClosed(0, UnknownAttempts.REMEMBERED).forEach(run -> note("run " + run, 0));
        assertThat(owners()).hasSize(10_000).startsWith("run 1").doesNotContain("run 0");
    }

    @Test
    void theJournalDoesNotGrowForEver() {
        Queue<Runnable> writes = new ArrayDeque<>();
        attempts = restarted(writes::add);
        IntStream.rangeClosed(0, 2 * UnknownAttempts.REMEMBERED).forEach(run -> {
            note("run " + run, 0);
            if (run % 1_000 == 0) {
                RunFixture.doAll(writes);
            }
        });
        RunFixture.doAll(writes);
        assertThat(lines()).hasSize(10_000);
        attempts = restarted();
        assertThat(owners()).hasSize(10_000).endsWith("run 20000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "7",
                "{\"kind\":\"UNKNOWN\",\"run\":\"x\",\"attempt\":",
                "\u0000\ufffd",
                "{\"kind\":\"SETTLED\"}",
                "{\"kind\":\"SETTLED\",\"run\":null}",
                "{\"kind\":\"OVERTAKEN\"}",
                "{\"kind\":\"MOVED\",\"now\":\"a\"}",
                "{\"kind\":\"UNKNOWN\",\"run\":\"x\"}",
                "{\"kind\":\"UNKNOWN\",\"run\":\"x\",\"attempt\":{}}",
                "{\"kind\":\"UNKNOWN\",\"run\":\"x\",\"attempt\":{\"owner\":\"x\"}}",
                "{\"kind\":\"NEWER\",\"run\":\"run 1\"}",
                "{\"kind\":\"UNKNOWN\",\"run\":\"x\",\"attempt\":7}",
                "{\"kind\":\"UNKNOWN\",\"run\":\"x\","
                        + "\"attempt\":{\"owner\":\"x\",\"key\":{\"server\":\"https://a\"}}}"
            })
    void aLineThatIsNotAsItShouldBeDoesNoHarm(String line) {
        note("run 1", 0);
        disk.put(FILE, disk.text(FILE) + line + "\n");
        note("run 2", 0);
        attempts = restarted();
        assertThat(owners()).containsExactly("run 1", "run 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind", "run", "attempt", "owner", "sender", "build", "key", "server"})
    void anAttemptThatLacksSomethingDoesNoHarm(String field) {
        note("run 1", 0);
        disk.put(FILE, lines().get(0).replace("\"" + field + "\"", "\"other\"") + "\n");
        attempts = restarted();
        assertThat(owners()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "kind", "server"})
    void aFieldOfANewerVersionDoesNoHarm(String before) {
        note("run 1", 0);
        disk.put(FILE, lines().get(0).replace("\"" + before + "\"", "\"newer\":1,\"" + before + "\"") + "\n");
        attempts = restarted();
        assertThat(owners()).containsExactly("run 1");
    }

    /** Notes an attempt of a build whose id cannot be read, so that its place counts. */
    private void noteAt(String job, int number) {
        attempts.note(KEY, null, new RunIdentity("run of " + job, null, () -> at(job, number)), 0);
    }

    private static BuildLocation at(String job, int number) {
        return new BuildLocation(job, number, job + " #" + number);
    }

    private boolean isOfBuildAt(String job, int number) {
        var who = new RunIdentity("somebody", "some id", () -> at(job, number));
        return attempts.forKey(KEY, "").get(0).isOfBuildOf(who);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJobIsFollowedWhereItGoes(boolean restart) {
        noteAt("app", 3);
        noteAt("other", 3);
        timing.advance(DAY.minusMillis(1));
        ledger.moved("app", "team/app");
        ledger.moved("team/app", "team/live");
        attempts = restart ? restarted() : attempts;
        assertThat(owners()).containsExactly("run of app", "run of other");
        assertThat(attempts.place("run of app")).contains(new BuildLocation("team/live", 3, "app #3"));
        assertThat(attempts.place("run of other")).contains(at("other", 3));
        assertThat(isAdoptable()).isTrue();
        timing.advance(Duration.ofMillis(1));
        assertThat(isAdoptable()).as("a rename makes nothing last longer").isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDeletedJobLeavesNoNameBehind(boolean restart) {
        attempts.note(KEY, null, new RunIdentity("run 1", "its id", () -> at("secret", 3)), 7);
        ledger.moved("secret", null);
        attempts = restart ? restarted() : attempts;
        assertThat(attempts.place("run 1")).isEmpty();
        assertThat(attempts.forKey(KEY, "")).singleElement().satisfies(attempt -> {
            assertThat(attempt.toString()).doesNotContain("secret");
            assertThat(attempt.baseline()).isEqualTo(7);
            assertThat(attempt.build()).isEqualTo("its id");
        });
    }

    @Test
    void whereTheIdOfABuildIsNotKnownItsPlaceCounts() {
        noteAt("app", 3);
        attempts = restarted();
        assertThat(isOfBuildAt("app", 3)).isTrue();
        assertThat(isOfBuildAt("app", 4)).isFalse();
        assertThat(isOfBuildAt("api", 3)).isFalse();
        ledger.moved("app", "live");
        assertThat(isOfBuildAt("app", 3)).as("a new job of the old name").isFalse();
        assertThat(isOfBuildAt("live", 3)).isTrue();
        ledger.moved("live", null);
        assertThat(isOfBuildAt("live", 3)).as("a job made anew").isFalse();
    }

    @Test
    void anIdCountsWhereverTheBuildIs() {
        attempts.note(KEY, null, new RunIdentity("run 1", "its id", () -> at("app", 3)), 0);
        assertThat(isOfBuildAt("app", 3)).as("of a job made anew").isFalse();
    }

    @Test
    void theNameCountsThatABuildHasWhenItsAttemptIsNoted() {
        BuildLocation[] now = {at("app", 3)};
        RunIdentity who = new RunIdentity("run 1", "its id", () -> now[0]);
        now[0] = at("live", 3);
        attempts.note(KEY, null, who, 0);
        assertThat(attempts.place("run 1")).contains(at("live", 3));
    }

    @Test
    void whatIsSettledWhileTheFileIsReadDoesNotComeBack() {
        note("run 1", 0);
        note("run 2", 0);
        disk.put(FILE, disk.text(FILE) + "?\n");
        attempts = restarted();
        timing.advance(Duration.ofSeconds(10));
        disk.beforeForce(() -> {
            disk.beforeForce(() -> {});
            attempts.settle("run 1");
        });
        ledger.look();
        assertThat(owners()).containsExactly("run 2");
    }

    @Test
    void aJobIsFollowedAlsoWhereTheFileCanBeReadOnlyLater() {
        noteAt("app", 3);
        noteAt("old", 4);
        disk.fail(MemoryDisk.Op.READ);
        attempts = restarted();
        ledger.moved("app", "live");
        ledger.moved("old", null);
        disk.fail();
        timing.advance(Duration.ofSeconds(10));
        ledger.look();
        assertThat(attempts.place("run of app")).contains(new BuildLocation("live", 3, "app #3"));
        assertThat(attempts.place("run of old")).isEmpty();
        attempts = restarted();
        assertThat(attempts.place("run of app")).contains(new BuildLocation("live", 3, "app #3"));
        assertThat(attempts.place("run of old")).isEmpty();
        assertThat(owners()).hasSize(2);
    }
}
