package io.jenkins.plugins.metakraftwerk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lines that are longer than ours, and files that are larger, whoever wrote them. */
class LongLinesTest {

    private static final Path FOLDER = Path.of("job");
    private static final Path FILE = FOLDER.resolve("lines");
    private static final Path ASIDE = FOLDER.resolve("lines.unreadable");
    private static final long HUGE = 500L * 1024 * 1024;

    /** Nothing in memory can be as long. */
    private static final long LONGER_THAN_ANY_ARRAY = 3L * 1024 * 1024 * 1024;

    private final MemoryDisk disk = new MemoryDisk();
    private final LinesFile lines = new LinesFile(disk, "lines");

    private static String text(int length) {
        return "x".repeat(length);
    }

    private static FileTrouble trouble(Disk of) {
        Journal journal = new Journal(new JournalFile(of, FILE), Runnable::run, new VirtualTiming(), 100);
        journal.open(new NotedLines());
        return journal.trouble();
    }

    @Test
    void aLineThatIsTooLongIsPassedOverAndPutAside() throws IOException {
        disk.put(FILE, "one\n" + text(LineLimits.MOST + 1) + "\ntwo\n" + text(LineLimits.MOST) + "\n");
        assertThat(lines.read(FOLDER, line -> true)).containsExactly("one", "two", text(LineLimits.MOST));
        assertThat(disk.text(ASIDE)).hasSize(LineLimits.MOST + 2);
        assertThat(disk.text(FILE)).isEqualTo("one\ntwo\n" + text(LineLimits.MOST) + "\n");
        assertThat(lines.problem()).contains(new LinesFile.Problem("lines", null, 1));
    }

    @Test
    void whatIsUnfinishedIsCutOffHoweverLongItIs() throws IOException {
        disk.put(FILE, "one\n" + text(3 * LineLimits.MOST));
        lines.append(FOLDER, "two");
        assertThat(disk.text(FILE)).isEqualTo("one\ntwo\n");
    }

    @Test
    void nobodyWritesALineThatNobodyWouldRead() {
        assertThatThrownBy(() -> lines.append(FOLDER, text(LineLimits.MOST + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lines.append(FOLDER, "€".repeat(LineLimits.MOST / 2)))
                .as("it is bytes that count")
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lines.append(FOLDER, "one\ntwo")).isInstanceOf(IllegalArgumentException.class);
        assertThat(lines.waiting()).isEmpty();
        assertThat(disk.text(FILE)).isNull();
    }

    @Test
    void aJournalWithALineThatIsTooLongIsDamaged() {
        disk.put(FILE, "one\n" + text(LineLimits.MOST + 1) + "\n");
        assertThat(trouble(disk).damaged()).hasSize(1);
    }

    /** A disk on which each file is so long, and of which nobody can have all in memory. */
    private static Disk huge(byte[] block, long size) {
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(),
                new Class<?>[] {Disk.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "open" -> new Endless(block, size);
                    case "size" -> size;
                    case "force", "forceName" -> null;
                    default -> throw new IOException("not " + method.getName());
                });
    }

    private static final class Endless extends InputStream {
        private final byte[] block;
        private long left;

        private Endless(byte[] block, long size) {
            this.block = block;
            left = size;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int from, int most) {
            int length = (int) Math.min(Math.min(block.length, most), left);
            System.arraycopy(block, 0, into, from, length);
            left -= length;
            return length == 0 ? -1 : length;
        }
    }

    @Test
    void aFileOfOneLineIsReadWithoutIt() throws IOException {
        assertThat(new LinesFile(huge(text(8192).getBytes(), LONGER_THAN_ANY_ARRAY), "lines")
                        .read(FOLDER, line -> true))
                .isEmpty();
        assertThat(trouble(huge(text(8192).getBytes(), LONGER_THAN_ANY_ARRAY)))
                .as("it is unfinished, as after a crash")
                .isNull();
    }

    @Test
    void aJournalThatIsTooLargeIsNotTakenForEmpty() {
        byte[] random = new byte[8192];
        new Random(1).nextBytes(random);
        assertThat(trouble(huge(random, HUGE)).reason()).contains("more than can be read");
    }

    @Test
    void ofAFileThatIsTooLargeTheNewestCounts() throws IOException {
        byte[] block = (text(100) + "\n").repeat(81).getBytes();
        List<String> read = new LinesFile(huge(block, HUGE), "lines").read(FOLDER);
        assertThat(read.stream().mapToLong(String::length).sum())
                .isBetween(LineLimits.MOST_OF_FILE / 4, LineLimits.MOST_OF_FILE / 2);
    }

    @Test
    void noMoreWaitsThanHasRoom() {
        disk.fail(MemoryDisk.Op.APPEND);
        IntStream.range(0, LinesFile.MOST_WAITING).forEach(i -> lines.append(FOLDER, text(LineLimits.MOST)));
        assertThat(lines.waiting().stream().mapToLong(String::length).sum()).isLessThanOrEqualTo(LineQueue.MOST_LENGTH);
    }

    @Test
    void aJournalIsShortenedByItsBytesToo() {
        NotedLines noted = new NotedLines();
        Journal journal = new Journal(new JournalFile(disk, FILE), Runnable::run, new VirtualTiming(), 1_000_000);
        journal.open(noted);
        String large =
                IntStream.range(0, 4095).mapToObj(i -> text(LineLimits.MOST)).collect(Collectors.joining("\n")) + "\n";
        disk.put(FILE, large);
        IntStream.range(0, 3).forEach(i -> {
            noted.kept.add(i + text(LineLimits.MOST - 10));
            journal.append(noted.kept.get(i + 1));
        });
        assertThat(disk.text(FILE))
                .hasSizeLessThan(large.length())
                .startsWith("kept\n0x")
                .contains("\n2x");
    }
}
