package io.jenkins.plugins.metakraftwerk.history;

import static io.jenkins.plugins.metakraftwerk.history.Entries.landed;
import static io.jenkins.plugins.metakraftwerk.history.Entries.open;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a job: bounded, appended, and of use after a crash. */
class JobHistoryTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final MetaKraftwerkGlobalConfiguration configuration = MetaKraftwerkGlobalConfiguration.get();
    private FreeStyleProject job;
    private JobHistory history = new JobHistory();

    @BeforeEach
    void createJob() throws Exception {
        job = SHARED.jenkins().createFreeStyleProject();
    }

    @AfterEach
    void setBack() {
        configuration.setHistoryPerTarget(200);
        configuration.setHistoryTargets(500);
    }

    private void add(AttemptRecord... entries) {
        for (AttemptRecord entry : entries) {
            history.add(job, entry, false);
        }
    }

    private Path file(String name) {
        return job.getRootDir().toPath().resolve(name);
    }

    private List<String> owners() {
        TargetLine line = history.lines(job).get(0);
        return history.attempts(job, line).stream().map(AttemptRecord::owner).toList();
    }

    @Test
    void isTheSameAfterARestart() {
        add(landed("a", 9, 1, 1), open("b", "UNKNOWN", "D9", 2, 2), landed("c", 10, 3, 3));
        List<TargetLine> before = history.lines(job);
        history = new JobHistory();
        assertThat(history.lines(job)).isEqualTo(before).hasSize(2);
        assertThat(owners()).containsExactly("b", "a");
        assertThat(history.lines(job).get(0).now().job())
                .as("as it is called now")
                .isEqualTo(job.getFullName());
    }

    @Test
    void aDamagedLineLosesItselfOnly() throws Exception {
        add(landed("a", 9, 1, 1), landed("b", 9, 2, 2));
        for (String name : List.of(JobHistory.TARGETS, HistoryFile.NAME)) {
            List<String> lines = Files.readAllLines(file(name));
            Files.write(file(name), List.of(lines.get(0), "{\"key\":{}}", "null", "\0\0", lines.get(1)));
            Files.writeString(file(name), lines.get(1).substring(0, 40), StandardOpenOption.APPEND);
        }
        history = new JobHistory();
        add(landed("c", 9, 3, 3));
        history = new JobHistory();
        assertThat(history.lines(job).get(0).now().owner()).isEqualTo("c");
        assertThat(owners()).containsExactly("c", "b", "a");
    }

    @Test
    void isCutWhenItIsTwiceAsLong() throws Exception {
        configuration.setHistoryPerTarget(3);
        for (int i = 1; i <= 100; i++) {
            add(landed("o" + i, 9, i, i));
        }
        assertThat(Files.readAllLines(file(HistoryFile.NAME))).hasSizeBetween(3, 6);
        assertThat(owners()).startsWith("o100", "o99", "o98");
        assertThat(Files.readAllLines(file(JobHistory.TARGETS))).hasSizeLessThanOrEqualTo(32);
        history = new JobHistory();
        assertThat(history.lines(job).get(0).now().owner()).isEqualTo("o100");
    }

    /** Of few lines, of which each is as long as one may be. */
    @Test
    void isCutWhenItHasTooManyBytes() throws Exception {
        configuration.setHistoryPerTarget(10_000);
        add(landed("o1", 9, 1, 1));
        String line = Files.readAllLines(file(HistoryFile.NAME)).get(0);
        String large = line.replaceFirst("}$", ",\"pad\":\"" + "x".repeat(15_000) + "\"}\n");
        Files.writeString(file(HistoryFile.NAME), large.repeat(4_500), StandardOpenOption.APPEND);
        history = new JobHistory();
        add(landed("o2", 9, 2, 2));
        assertThat(Files.size(file(HistoryFile.NAME))).isBetween(31L << 20, 33L << 20);
        assertThat(owners()).startsWith("o2", "o1");
    }

    @Test
    void forgetsTargetsBeyondTheBound() throws Exception {
        configuration.setHistoryTargets(2);
        configuration.setHistoryPerTarget(1);
        for (int i = 1; i <= 40; i++) {
            add(landed("o" + i, i, 1, i));
        }
        assertThat(history.lines(job)).extracting(line -> line.now().owner()).containsExactly("o39", "o40");
        history = new JobHistory();
        assertThat(history.lines(job)).extracting(line -> line.now().owner()).containsExactly("o39", "o40");
        assertThat(Files.readAllLines(file(HistoryFile.NAME))).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void aRecordIsNotedOnce() {
        AttemptRecord entry = landed("a", 9, 1, 1);
        add(entry, entry);
        assertThat(owners()).containsExactly("a");

        add(landed("b", 9, 2, 2));
        history = new JobHistory();
        history.add(job, entry, true);
        assertThat(owners()).as("told again after a restart").containsExactly("b", "a");
    }

    @Test
    void whatWasFiledUnderNamesBelongsToTheHistoryOfTheIds() {
        add(open("a", "FAILED", "D9", 1, 1), landed("b", 9, 1, 2));
        assertThat(owners()).containsExactly("b", "a");
    }

    @Test
    void aDeletedJobIsNotBroughtBack() throws Exception {
        add(landed("a", 9, 1, 1));
        Path folder = job.getRootDir().toPath();
        job.delete();
        add(landed("b", 9, 2, 2));
        assertThat(folder).doesNotExist();
    }

    @Test
    void isClearedForOneTarget() throws Exception {
        add(landed("a", 9, 1, 1), landed("b", 10, 2, 2));
        history.remove(job, history.lines(job).get(0));
        history = new JobHistory();
        assertThat(history.lines(job)).extracting(line -> line.now().owner()).containsExactly("b");
        assertThat(owners()).containsExactly("b");
    }

    /** As it is after a crash, which has left of one file only what was there before. */
    @ParameterizedTest
    @ValueSource(strings = {JobHistory.TARGETS, HistoryFile.NAME})
    void aCrashBetweenTheFilesLosesNoEntry(String late) throws Exception {
        AttemptRecord entry = landed("b", 9, 2, 2);
        add(landed("a", 9, 1, 1));
        byte[] before = Files.readAllBytes(file(late));
        add(entry);
        Files.write(file(late), before);

        history = new JobHistory();
        history.add(job, entry, true);
        history = new JobHistory();
        history.add(job, entry, true);
        assertThat(history.lines(job).get(0).now().owner()).isEqualTo("b");
        assertThat(owners()).containsExactly("b", "a");
        for (String name : List.of(JobHistory.TARGETS, HistoryFile.NAME)) {
            assertThat(Files.readAllLines(file(name))).as(name).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {JobHistory.TARGETS, HistoryFile.NAME})
    void likewiseWhereItIsTheFirstEntry(String late) throws Exception {
        AttemptRecord entry = landed("a", 9, 1, 1);
        add(entry);
        Files.delete(file(late));
        history = new JobHistory();
        history.add(job, entry, true);
        assertThat(history.lines(job)).extracting(line -> line.now().owner()).containsExactly("a");
        assertThat(owners()).containsExactly("a");
    }

    @Test
    void whatIsToldAgainLateChangesNothing() {
        AttemptRecord early = landed("a", 9, 1, 1);
        AttemptRecord unknown = open("c", "UNKNOWN", "D9", 2, 2);
        add(early, unknown, landed("b", 9, 2, 3));
        List<TargetLine> before = history.lines(job);
        history = new JobHistory();
        history.add(job, unknown, true);
        history.add(job, early, true);
        assertThat(history.lines(job)).isEqualTo(before);
        assertThat(owners()).containsExactly("b", "c", "a");
    }

    /** As it is after somebody has deleted it, or a loss of power has left nothing of it, or not all. */
    @ParameterizedTest
    @EnumSource
    void theFileOfTheNewestIsMadeAnewOfAllEntries(Lost lost) throws Exception {
        add(open("a", "FAILED", "D9", 1, 1), landed("b", 9, 1, 2), landed("c", 10, 3, 3));
        add(open("d", "UNKNOWN", "D9", 2, 4), landed("e", 9, 1, 5), open("f", "UNKNOWN", "D10", 4, 6));
        List<TargetLine> before = history.lines(job);
        lost.lose(file(JobHistory.TARGETS));

        history = new JobHistory();
        assertThat(history.lines(job)).containsExactlyInAnyOrderElementsOf(before);
        Files.delete(file(HistoryFile.NAME));
        history = new JobHistory();
        assertThat(history.lines(job)).as("of the file").containsExactlyInAnyOrderElementsOf(before);
    }

    private enum Lost {
        FILE,
        CONTENT,
        LINES;

        private void lose(Path file) throws IOException {
            switch (this) {
                case FILE -> Files.delete(file);
                case CONTENT -> Files.write(file, new byte[0]);
                case LINES -> Files.write(file, List.of(Files.readAllLines(file).get(0), "\0\0"));
            }
        }
    }

    /** The newest attempts may all have failed; then only one of the files tells what is there. */
    @Test
    void whatIsLeftOfTheFileCountsWhenItIsMadeAnew() throws Exception {
        configuration.setHistoryPerTarget(1);
        add(landed("a", 9, 1, 1), open("b", "FAILED", "D9", 2, 2), open("c", "FAILED", "D9", 2, 3));
        assertThat(Files.readString(file(HistoryFile.NAME))).doesNotContain("CREATED");
        Files.writeString(file(JobHistory.TARGETS), "\0\0\n", StandardOpenOption.APPEND);
        history = new JobHistory();
        assertThat(history.lines(job)).singleElement().satisfies(line -> {
            assertThat(line.now().owner()).isEqualTo("a");
            assertThat(line.last().owner()).isEqualTo("c");
        });
    }

    @Test
    void isMadeAnewOfNoMoreTargetsThanAreKept() throws Exception {
        for (int i = 1; i <= 40; i++) {
            add(landed("o" + i, i, 1, i));
        }
        Files.delete(file(JobHistory.TARGETS));
        configuration.setHistoryTargets(2);
        history = new JobHistory();
        assertThat(history.lines(job)).extracting(line -> line.now().owner()).containsExactly("o39", "o40");
        assertThat(Files.readAllLines(file(JobHistory.TARGETS))).hasSize(2);
    }

    /** Not even what was filed under a name that the target had once. */
    @Test
    void whatWasClearedIsNotMadeAnew() throws Exception {
        add(open("a", "FAILED", "old", 1, 1));
        add(Entries.entry("b", "DWH", 7L, "old", 9L, 1, 10L, "CREATED", 2));
        add(Entries.entry("c", "DWH", 7L, "new", 9L, 2, 20L, "CREATED", 3));
        history.remove(job, history.lines(job).get(0));
        for (Lost lost : List.of(Lost.CONTENT, Lost.FILE)) {
            lost.lose(file(JobHistory.TARGETS));
            history = new JobHistory();
            assertThat(history.lines(job)).isEmpty();
        }
    }

    /** The line of a target that nobody knows yet is among those that are kept. */
    @Test
    void aNewTargetIsKeptWhereTheFileIsCutJustThen() {
        configuration.setHistoryPerTarget(1);
        add(landed("a", 9, 1, 1), landed("b", 9, 2, 2), landed("c", 10, 3, 3));
        assertThat(history.lines(job)).hasSize(2);
        assertThat(history.attempts(job, history.lines(job).get(1)))
                .extracting(AttemptRecord::owner)
                .containsExactly("c");
    }
}
