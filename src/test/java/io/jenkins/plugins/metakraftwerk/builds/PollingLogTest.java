package io.jenkins.plugins.metakraftwerk.builds;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.server.PluginDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The polling log outlives a crash, moves with its job, and does not grow for ever. */
class PollingLogTest {

    @TempDir
    private Path jobs;

    private Path folder;

    @BeforeEach
    void createFolder() throws Exception {
        folder = Files.createDirectory(jobs.resolve("job"));
    }

    private PollingLog open() {
        return new PollingLog(() -> folder);
    }

    private Path file() {
        return folder.resolve("metakraftwerk-polling.jsonl");
    }

    private static PollingLog.Entry entry(long time) {
        return new PollingLog.Entry(time, List.of("seen"), null);
    }

    @Test
    void theNextLineIsReadAlsoWhereACrashLeftHalfALine() throws Exception {
        open().add(entry(1));
        Files.writeString(file(), "{\"time\":2,\"li", StandardOpenOption.APPEND);
        open().add(entry(3));
        assertThat(open().newest()).containsExactly(entry(3), entry(1));
    }

    @Test
    void itGoesOnWhereItsJobWasMovedTo() throws Exception {
        PollingLog log = open();
        log.add(entry(1));
        folder = Files.move(folder, jobs.resolve("moved"));
        log.add(entry(2));
        assertThat(open().newest()).containsExactly(entry(2), entry(1));
    }

    @Test
    void whatCannotBeReadIsNoEmptyLog() throws Exception {
        open().add(entry(1));
        try (PluginDisk disk = new PluginDisk()) {
            disk.failToRead("metakraftwerk-polling");
            PollingLog log = open();
            log.add(entry(2));
            assertThat(log.newest()).containsExactly(entry(2));
            assertThat(log.problem())
                    .hasValueSatisfying(problem -> assertThat(problem.reason()).isEqualTo("Input/output error"));
            disk.work();
            assertThat(log.newest()).containsExactly(entry(2), entry(1));
            assertThat(log.problem()).isEmpty();
        }
        assertThat(open().newest()).containsExactly(entry(2), entry(1));
    }

    @Test
    void whatCannotBeWrittenComesWithTheNext() throws Exception {
        try (PluginDisk disk = new PluginDisk()) {
            disk.failToWrite("metakraftwerk-polling");
            PollingLog log = open();
            log.add(entry(1));
            assertThat(log.newest()).containsExactly(entry(1));
            disk.work();
            log.add(entry(2));
        }
        assertThat(open().newest()).containsExactly(entry(2), entry(1));
    }

    @Test
    void aLineThatIsNotUnderstoodIsPutAside() throws Exception {
        open().add(entry(1));
        Files.writeString(file(), "what\n" + Files.readString(file()));
        PollingLog log = open();
        assertThat(log.newest()).containsExactly(entry(1));
        assertThat(log.problem())
                .hasValueSatisfying(problem -> assertThat(problem.aside()).isEqualTo(1));
        assertThat(folder.resolve("metakraftwerk-polling.jsonl.unreadable")).hasContent("what");
    }

    @Test
    void whatIsOldTakesNoRoom() throws Exception {
        PollingLog log = open();
        for (int time = 1; time <= 1_000; time++) {
            log.add(entry(time));
        }
        assertThat(Files.readAllLines(file())).hasSizeLessThanOrEqualTo(2 * PollingLog.MOST);
        assertThat(log.newest()).hasSize(PollingLog.MOST).startsWith(entry(1_000));
        assertThat(open().newest()).isEqualTo(log.newest());
    }
}
