package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of the audit log on a disk, whole or not at all. */
class AuditFileTest {

    @TempDir
    private Path folder;

    private Path newest;
    private AuditFile file;

    @BeforeEach
    void open() {
        newest = folder.resolve(AuditFile.NAME);
        file = new AuditFile(folder);
    }

    @Test
    void tenFilesAreKept() throws Exception {
        for (int i = 0; i < 12; i++) {
            file.append("line " + i);
            try (RandomAccessFile open = new RandomAccessFile(newest.toFile(), "rw")) {
                open.setLength(AuditFile.MOST_BYTES);
            }
        }
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(AuditFile.FILES);
        }
        assertThat(firstLine(newest)).isEqualTo("line 11");
        assertThat(firstLine(folder.resolve(AuditFile.NAME + ".9"))).isEqualTo("line 2");
    }

    private static String firstLine(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            return open.readLine();
        }
    }

    /** As where the disk was full, or the process died while it wrote. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 8 * 1024 - 1, 8 * 1024, 20_000})
    void whatIsLeftOfALineDoesNotSpoilTheNext(int length) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            lines.add("{\"line\":" + i + ",\"name\":\"Zoë " + "x".repeat(i % 100) + "\"}");
            file.append(lines.get(i));
        }
        Files.writeString(newest, Files.readString(newest) + "y".repeat(length));
        lines.add("after");
        file.append("after");
        assertThat(Files.readAllLines(newest)).isEqualTo(lines);
    }

    @Test
    void whereThereIsOnlyAPartOfALineItBeginsAnew() throws Exception {
        Files.writeString(newest, "{\"time\":\"2025");
        file.append("first");
        assertThat(newest).hasContent("first\n");
    }

    @Test
    void itsFolderIsMade() throws Exception {
        new AuditFile(folder.resolve("logs/task")).append("line");
        assertThat(folder.resolve("logs/task").resolve(AuditFile.NAME)).hasContent("line\n");
    }

    @Test
    void whatCannotBeWrittenIsSaid() throws Exception {
        Path noFolder = Files.writeString(folder.resolve("logs"), "");
        assertThatThrownBy(() -> new AuditFile(noFolder).append("line")).isInstanceOf(IOException.class);
        assertThat(noFolder).isEmptyFile();
    }
}
