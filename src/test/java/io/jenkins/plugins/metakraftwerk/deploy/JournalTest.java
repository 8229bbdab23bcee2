package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that are kept, and a store that may fail. */
class JournalTest {

    private static final Journal.Keeper ALL = () -> List.of("kept");

    /** A store that fails. */
    private static final class Broken implements Journal.Storage {
        private final boolean checked;

        private Broken(boolean checked) {
            this.checked = checked;
        }

        private void fail() throws IOException {
            if (checked) {
                throw new IOException("The disk is full");
            }
            throw new UncheckedIOException(new IOException("The disk is full"));
        }

        @Override
        public List<String> read() throws IOException {
            fail();
            return List.of();
        }

        @Override
        public void append(String line) throws IOException {
            fail();
        }

        @Override
        public void replace(List<String> lines) throws IOException {
            fail();
        }
    }

    private final MemoryStorage lines = new MemoryStorage();
    private final Queue<Runnable> writes = new ArrayDeque<>();

    @Test
    void aLineIsThereWhenItIsWritten() {
        Journal journal = new Journal(lines, writes::add, 9);
        CompletableFuture<Void> one = journal.append("one", ALL);
        CompletableFuture<Void> two = journal.append("two", ALL);
        assertThat(one).as("nobody waits for a disk").isNotDone();
        writes.remove().run();
        assertThat(one).isCompleted();
        assertThat(two).isNotDone();
        writes.remove().run();
        assertThat(two).isCompleted();
        assertThat(lines.read()).containsExactly("one", "two");
    }

    @Test
    void whatIsWorthKeepingTakesThePlaceOfAllWhenThereIsTooMuch() {
        Journal journal = new Journal(lines, Runnable::run, 2);
        List.of("1", "2", "3", "4").forEach(line -> journal.append(line, ALL));
        assertThat(lines.read()).hasSize(4);
        journal.append("5", ALL);
        assertThat(lines.read()).containsExactly("kept");
        List.of("6", "7", "8").forEach(line -> journal.append(line, ALL));
        assertThat(lines.read()).containsExactly("kept", "6", "7", "8");
        journal.append("9", ALL);
        assertThat(lines.read()).containsExactly("kept");
    }

    @Test
    void whatWasThereBeforeCountsToo() {
        lines.replace(List.of("1", "2", "3", "4"));
        Journal journal = new Journal(lines, Runnable::run, 2);
        journal.read();
        journal.append("5", ALL);
        assertThat(lines.read()).containsExactly("kept");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStoreThatFailsHoldsUpNobody(boolean checked) {
        Journal journal = new Journal(new Broken(checked), writes::add, 2);
        assertThat(journal.read()).isEmpty();
        CompletableFuture<Void> written = journal.append("line", ALL);
        writes.remove().run();
        assertThat(written).isCompleted();
    }

    @Test
    void aKeeperThatFailsHoldsUpNobody() {
        Journal journal = new Journal(lines, writes::add, 0);
        CompletableFuture<Void> written = journal.append("line", () -> {
            throw new IllegalStateException("broken");
        });
        writes.remove().run();
        assertThat(written).isCompleted();
    }

    @Test
    void aWriterThatHasStoppedHoldsUpNobody() {
        Journal journal = new Journal(
                lines,
                task -> {
                    throw new RejectedExecutionException("stopped");
                },
                2);
        assertThat(journal.append("line", ALL)).isCompleted();
    }

    @Test
    void aFileThatIsNotThereIsEmpty(@TempDir Path directory) throws IOException {
        assertThat(new JournalFile(directory.resolve("none")).read()).isEmpty();
    }

    @Test
    void aFileKeepsItsLines(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("lines");
        JournalFile journal = new JournalFile(file);
        journal.append("Käufer");
        journal.append("数据");
        assertThat(new JournalFile(file).read()).containsExactly("Käufer", "数据");
        journal.replace(List.of("one"));
        journal.append("two");
        assertThat(Files.readString(file)).isEqualTo("one\ntwo\n");
        assertThat(directory.toFile().list()).containsExactly("lines");
    }

    @Test
    void aLineThatACrashLeftUnfinishedIsGone(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("lines"), "one\ntw");
        JournalFile journal = new JournalFile(file);
        assertThat(journal.read()).containsExactly("one");
        journal.append("three");
        journal.append("four");
        assertThat(new JournalFile(file).read()).containsExactly("one", "three", "four");
    }

    @Test
    void bytesThatAreNoTextDoNoHarm(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("lines"), new byte[] {(byte) 0xff, 0, '\n', 'a', '\n'});
        assertThat(new JournalFile(file).read()).hasSize(2).last().isEqualTo("a");
    }
}
