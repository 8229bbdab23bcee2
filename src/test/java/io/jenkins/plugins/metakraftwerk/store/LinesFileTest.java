package io.jenkins.plugins.metakraftwerk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.store.MemoryDisk.Op;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Entries beside what they belong to, on a disk that may fail. */
class LinesFileTest {

    private static final Path FOLDER = Path.of("job");
    private static final Path FILE = FOLDER.resolve("lines");
    private static final Path ASIDE = FOLDER.resolve("lines.unreadable");
    private static final Predicate<String> UNDERSTOOD = line -> !line.startsWith("?");

    private final MemoryDisk disk = new MemoryDisk();
    private final LinesFile file = new LinesFile(disk, "lines");

    private List<String> restarted() throws IOException {
        return new LinesFile(disk, "lines").read(FOLDER);
    }

    @ParameterizedTest
    @EnumSource(
            value = Op.class,
            names = {"APPEND", "FORCE", "READ", "SIZE"})
    void whatCannotBeWrittenComesWithTheNext(Op broken) throws IOException {
        disk.put(FILE, "one\n");
        disk.fail(broken);
        file.append(FOLDER, "two");
        assertThat(disk.text(FILE)).isEqualTo("one\n");
        assertThat(file.waiting()).containsExactly("two");
        disk.fail();
        file.append(FOLDER, "three");
        assertThat(restarted()).containsExactly("one", "two", "three");
        assertThat(file.waiting()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsWrittenWhenJenkinsStops() {
        disk.room(2);
        file.append(FOLDER, "one");
        assertThat(disk.text(FILE)).as("no half line").isEmpty();
        disk.room(100);
        LinesFile.writeAll();
        assertThat(disk.text(FILE)).isEqualTo("one\n");
        disk.put(FILE, "");
        LinesFile.writeAll();
        assertThat(disk.text(FILE)).as("once").isEmpty();
    }

    @Test
    void aViewForcesNothing() throws IOException {
        disk.fail(Op.FORCE);
        LinesFile view = LinesFile.unforced(disk, "lines");
        view.append(FOLDER, "one");
        assertThat(view.waiting()).isEmpty();
        disk.fail();
        assertThat(restarted()).containsExactly("one");
    }

    @Test
    void whatIsReadHasWhatWaits() throws IOException {
        disk.put(FILE, "one\n");
        disk.fail(Op.FORCE);
        file.append(FOLDER, "two");
        assertThat(file.read(FOLDER)).containsExactly("one", "two");
        disk.fail();
        assertThat(file.read(FOLDER)).containsExactly("one", "two");
        assertThat(restarted()).containsExactly("one", "two");
    }

    @Test
    void whatCannotBeReadIsNotEmpty() throws IOException {
        disk.put(FILE, "one\ntor");
        disk.fail(Op.READ);
        assertThatThrownBy(() -> file.read(FOLDER)).hasMessage("Input/output error");
        assertThat(file.problem()).contains(new LinesFile.Problem("lines", "Input/output error", 0));
        file.append(FOLDER, "two");
        assertThat(disk.text(FILE))
                .as("nothing is written to it, nothing is cut")
                .isEqualTo("one\ntor");
        assertThat(file.length()).isNegative();
        disk.fail();
        assertThat(file.read(FOLDER)).containsExactly("one", "two");
        assertThat(file.problem()).isEmpty();
        assertThat(disk.text(FILE)).isEqualTo("one\ntwo\n");
    }

    @Test
    void whatIsNotUnderstoodIsPutAsideOnce() throws IOException {
        disk.put(FILE, "one\n?a\n\ntwo\n?b\n");
        assertThat(file.read(FOLDER, UNDERSTOOD)).containsExactly("one", "", "two");
        assertThat(disk.text(FILE)).isEqualTo("one\n\ntwo\n");
        assertThat(disk.text(ASIDE)).isEqualTo("?a\n?b\n");
        assertThat(file.problem()).contains(new LinesFile.Problem("lines", null, 2));
        file.append(FOLDER, "three");
        file.read(FOLDER, UNDERSTOOD);
        assertThat(disk.text(ASIDE)).isEqualTo("?a\n?b\n");
        disk.put(FILE, "?c\n");
        file.read(FOLDER, UNDERSTOOD);
        assertThat(disk.text(ASIDE)).as("beside what is there").isEqualTo("?a\n?b\n?c\n");
    }

    @ParameterizedTest
    @EnumSource(
            value = Op.class,
            names = {"APPEND", "REPLACE"})
    void whatCannotBePutAsideStays(Op broken) throws IOException {
        disk.put(FILE, "one\n?a\n");
        disk.fail(broken);
        assertThat(file.read(FOLDER, UNDERSTOOD)).containsExactly("one");
        assertThat(disk.text(FILE)).isEqualTo("one\n?a\n");
        disk.fail();
        file.read(FOLDER, UNDERSTOOD);
        assertThat(disk.text(FILE)).isEqualTo("one\n");
        assertThat(disk.text(ASIDE)).contains("?a\n");
    }

    @Test
    void aFolderThatIsGoneDoesNotComeBack(@TempDir Path jobs) throws IOException {
        Path gone = jobs.resolve("gone");
        LinesFile local = new LinesFile(new LocalDisk(), "lines");
        local.append(gone, "one");
        local.replace(gone, () -> List.of("two"));
        assertThat(local.waiting()).isEmpty();
        assertThat(gone).doesNotExist();
    }

    @Test
    void itGoesWithItsFolder(@TempDir Path jobs) throws IOException {
        Path before = Files.createDirectory(jobs.resolve("before"));
        LinesFile local = new LinesFile(new LocalDisk(), "lines");
        local.append(before, "one");
        Path after = Files.move(before, jobs.resolve("after"));
        local.append(after, "two");
        assertThat(after.resolve("lines")).hasContent("one\ntwo");
    }

    @Test
    void whatTakesThePlaceOfAllHasWhatWaits() throws IOException {
        disk.put(FILE, "one\n");
        disk.fail(Op.FORCE);
        file.append(FOLDER, "two");
        disk.fail();
        file.replace(FOLDER, () -> List.of("one and two"));
        file.append(FOLDER, "three");
        assertThat(restarted()).containsExactly("one and two", "three");
    }

    @Test
    void whatCannotTakeThePlaceOfAllChangesNothing() throws IOException {
        disk.put(FILE, "one\n");
        disk.fail(Op.FORCE);
        file.append(FOLDER, "two");
        disk.fail(Op.REPLACE);
        assertThatThrownBy(() -> file.replace(FOLDER, () -> List.of("other"))).isInstanceOf(IOException.class);
        disk.fail();
        assertThat(file.read(FOLDER)).containsExactly("one", "two");
        assertThat(restarted()).containsExactly("one", "two");
    }

    @Test
    void noMoreWaitsThanCan() throws IOException {
        disk.fail(Op.APPEND);
        IntStream.rangeClosed(0, LinesFile.MOST_WAITING + 10).forEach(i -> file.append(FOLDER, "" + i));
        assertThat(file.waiting()).hasSize(LinesFile.MOST_WAITING).first().isEqualTo("0");
        disk.fail();
        file.append(FOLDER, "last");
        file.append(FOLDER, "next");
        assertThat(restarted()).hasSize(LinesFile.MOST_WAITING + 1).last().isEqualTo("next");
    }

    /** Of those who come while somebody waits for the disk, one forces the lines of all. */
    @Test
    void whoWaitsForTheDiskSharesIt() throws Exception {
        CountDownLatch forcing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        disk.beforeForce(() -> {
            if (first.getAndSet(false)) {
                forcing.countDown();
                TestClients.get(TestClients.aside(() -> await(goOn)));
            }
        });
        var one = TestClients.aside(() -> file.append(FOLDER, "one"));
        await(forcing);
        List<CompletableFuture<Void>> others = Stream.of("two", "three", "four")
                .map(line -> TestClients.aside(() -> file.append(FOLDER, line)))
                .toList();
        TestWaits.until(() -> file.waiting().size() == 4);
        goOn.countDown();
        TestClients.get(one);
        others.forEach(TestClients::get);
        assertThat(disk.forces()).isEqualTo(2);
        assertThat(restarted()).containsExactlyInAnyOrder("one", "two", "three", "four");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
