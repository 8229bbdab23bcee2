package io.jenkins.plugins.metakraftwerk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of lines on the disk of this machine. */
class JournalFileTest {

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("lines");
    }

    private JournalFile file() {
        return new JournalFile(new LocalDisk(), path());
    }

    @Test
    void aFileThatIsNotThereIsEmpty() throws IOException {
        assertThat(file().read()).isEmpty();
    }

    @Test
    void aFileKeepsItsLines() throws IOException {
        JournalFile journal = file();
        journal.append(List.of("Käufer"));
        journal.append(List.of("数据", "data"));
        assertThat(file().read()).containsExactly("Käufer", "数据", "data");
        journal.replace(List.of("one"));
        journal.append(List.of("two"));
        assertThat(Files.readString(path())).isEqualTo("one\ntwo\n");
        assertThat(folder.toFile().list()).containsExactly("lines");
        assertThat(journal.lines()).isEqualTo(2);
    }

    @Test
    void aLineThatACrashLeftUnfinishedIsGone() throws IOException {
        Files.writeString(path(), "one\ntw");
        JournalFile journal = file();
        assertThat(journal.read()).containsExactly("one");
        journal.append(List.of("three"));
        journal.append(List.of("four"));
        assertThat(file().read()).containsExactly("one", "three", "four");
    }

    @Test
    void whatIsUnfinishedIsCutAlsoWhereNobodyHasReadIt() throws IOException {
        Files.writeString(path(), "one\ntw");
        file().append(List.of("three"));
        assertThat(file().read()).containsExactly("one", "three");
    }

    @Test
    void whatWasUnfinishedInTheFileBeforeDoesNotCutTheNext() throws IOException {
        Files.writeString(path(), "one\ntw");
        JournalFile journal = file();
        journal.read();
        journal.replace(List.of("a longer line than there was before"));
        journal.append(List.of("two"));
        assertThat(file().read()).containsExactly("a longer line than there was before", "two");
    }

    @Test
    void bytesThatAreNoTextDoNoHarm() throws IOException {
        Files.write(path(), new byte[] {(byte) 0xff, 0, '\n', 'a', '\n'});
        assertThat(file().read()).hasSize(2).last().isEqualTo("a");
    }

    @Test
    void aFolderInItsPlaceIsNoEmptyFile() throws IOException {
        Files.createDirectory(path());
        JournalFile journal = file();
        assertThatThrownBy(journal::read).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> journal.append(List.of("one"))).isInstanceOf(IOException.class);
        journal.moveAside();
        journal.append(List.of("one"));
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("lines", "lines.unreadable");
    }

    @Test
    void aFolderThatIsGoneDoesNotComeBack() throws IOException {
        JournalFile journal = new JournalFile(new LocalDisk(), folder.resolve("gone/lines"));
        assertThat(journal.read()).isEmpty();
        assertThatThrownBy(() -> journal.append(List.of("one"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> journal.replace(List.of("one"))).isInstanceOf(NoSuchFileException.class);
        assertThat(folder.resolve("gone")).doesNotExist();
    }

    @Test
    void anInterruptEndsNoWrite() throws IOException {
        JournalFile journal = file();
        Thread.currentThread().interrupt();
        try {
            journal.append(List.of("one"));
            journal.append(List.of("two"));
            assertThat(journal.read()).containsExactly("one", "two");
            journal.replace(List.of("three"));
            new LocalDisk().truncate(path(), 3);
            assertThat(Thread.currentThread().isInterrupted())
                    .as("whoever waits hears of it")
                    .isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(Files.readString(path())).isEqualTo("thr");
    }

    @Test
    void nothingIsMovedOverSomethingElse() throws IOException {
        Files.writeString(path(), "one");
        Path taken = Files.writeString(folder.resolve("taken"), "two");
        assertThatThrownBy(() -> new LocalDisk().move(path(), taken)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(taken).hasContent("two");
    }
}
