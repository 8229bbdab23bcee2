package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of requests that ended unknown, and for how long. */
class UnknownAttemptsTest {

    private static final RequestKey KEY = new RequestKey("https://a", 5139, "P", null, "D", null);
    private static final Path FILE = Path.of("attempts");
    private static final Duration DAY = Duration.ofDays(1);

    private final VirtualTiming timing = new VirtualTiming();
    private final MemoryDisk disk = new MemoryDisk();
    private UnknownAttempts attempts = restarted();

    private UnknownAttempts restarted() {
        var journal = new Journal(new JournalFile(disk, FILE), Runnable::run, timing, UnknownAttempts.REMEMBERED);
        return new UnknownAttempts(timing, journal);
    }

    private void note(String owner, long baseline) {
        attempts.note(KEY, new RunIdentity(owner, "build of " + owner, "app #1"), baseline);
    }

    private List<String> lines() {
        return disk.text(FILE).lines().toList();
    }

    private List<String> owners() {
        return attempts.of(KEY, "").stream().map(UnknownAttempts.Attempt::owner).toList();
    }

    private boolean isAdoptable() {
        return attempts.isAdoptable(attempts.of(KEY, "").get(0));
    }

    @Test
    void allOfItComesBackAfterARestart() {
        note("run 1", 7);
        var before = attempts.of(KEY, "");
        attempts = restarted();
        assertThat(attempts.of(KEY, "")).isEqualTo(before).singleElement().satisfies(attempt -> {
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

    @Test
    void whatIsNotedAnewCountsAnew() {
        note("run 1", 3);
        timing.advance(DAY);
        note("run 1", 4);
        assertThat(isAdoptable()).isTrue();
        assertThat(attempts.of(KEY, ""))
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
        IntStream.rangeClosed(0, 2 * UnknownAttempts.REMEMBERED).forEach(run -> note("run " + run, 0));
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
                "{\"attempt\":",
                "\u0000\ufffd",
                "{\"settled\":null}",
                "{\"attempt\":{}}",
                "{\"attempt\":{\"owner\":\"x\"}}",
                "{\"newer\":{\"a\":1}}",
                "{\"attempt\":7}",
                "{\"attempt\":{\"owner\":\"x\",\"key\":{\"server\":\"https://a\"}}}"
            })
    void aLineThatIsNotAsItShouldBeDoesNoHarm(String line) {
        note("run 1", 0);
        disk.put(FILE, disk.text(FILE) + line + "\n");
        note("run 2", 0);
        attempts = restarted();
        assertThat(owners()).containsExactly("run 1", "run 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "build", "key"})
    void anAttemptThatLacksSomethingDoesNoHarm(String field) {
        note("run 1", 0);
        disk.put(FILE, lines().get(0).replace("\"" + field + "\"", "\"other\"") + "\n");
        attempts = restarted();
        assertThat(owners()).isEmpty();
    }

    @Test
    void aFieldOfANewerVersionDoesNoHarm() {
        note("run 1", 0);
        disk.put(FILE, lines().get(0).replace("\"owner\"", "\"newer\":1,\"owner\"") + "\n");
        attempts = restarted();
        assertThat(owners()).containsExactly("run 1");
    }
}
