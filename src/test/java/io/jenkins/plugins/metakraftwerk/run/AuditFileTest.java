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

    private AuditFile.Size size = new AuditFile.Size(10, 100_000);
    private Path newest;
    private AuditFile file;

    private AuditFile in(Path directory) {
        return new AuditFile(directory, AuditFile.NAME, () -> size);
    }

    @BeforeEach
    void open() {
        newest = folder.resolve(AuditFile.NAME);
        file = in(folder);
    }

    /** Adds lines that fill a file each. */
    private void fill(int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            file.append("line " + i);
            try (RandomAccessFile open = new RandomAccessFile(newest.toFile(), "rw")) {
                open.setLength(size.bytes());
            }
        }
    }

    private List<String> firstLines() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(firstLine(newest));
        for (int i = 1; Files.exists(older(i)); i++) {
            lines.add(firstLine(older(i)));
        }
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(lines.size());
        }
        return lines;
    }

    private Path older(int number) {
        return folder.resolve(AuditFile.NAME + "." + number);
    }

    @Test
    void soManyFilesAreKept() throws Exception {
        fill(0, 12);
        assertThat(firstLines()).hasSize(10).startsWith("line 11", "line 10").endsWith("line 2");
    }

    @Test
    void howManyAndHowLargeMayBeChanged() throws Exception {
        fill(0, 8);
        size = new AuditFile.Size(3, 100_000);
        fill(8, 9);
        assertThat(firstLines()).containsExactly("line 8", "line 7", "line 6");
        size = new AuditFile.Size(4, 200_000);
        file.append("second line of the same file");
        assertThat(firstLines()).containsExactly("line 8", "line 7", "line 6");
        size = new AuditFile.Size(4, 10);
        file.append("line 9");
        assertThat(firstLines()).containsExactly("line 9", "line 8", "line 7", "line 6");
    }

    /** Whoever fills one kind of file leaves the other alone. */
    @Test
    void kindsAreRotatedByThemselves() throws Exception {
        file.append("of a deployment");
        file = new AuditFile(folder, AuditFile.UNSENT_NAME, () -> size);
        for (int i = 0; i < 2_000; i++) {
            file.append("x".repeat(1_000));
        }
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1 + size.files());
        }
        assertThat(newest).hasContent("of a deployment\n");
        assertThat(older(1)).doesNotExist();
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
        in(folder.resolve("logs/task")).append("line");
        assertThat(folder.resolve("logs/task").resolve(AuditFile.NAME)).hasContent("line\n");
    }

    @Test
    void whatCannotBeWrittenIsSaid() throws Exception {
        Path noFolder = Files.writeString(folder.resolve("logs"), "");
        assertThatThrownBy(() -> in(noFolder).append("line")).isInstanceOf(IOException.class);
        assertThat(noFolder).isEmptyFile();
    }
}
