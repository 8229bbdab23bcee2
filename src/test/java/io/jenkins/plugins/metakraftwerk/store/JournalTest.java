package io.jenkins.plugins.metakraftwerk.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import io.jenkins.plugins.metakraftwerk.store.MemoryDisk.Op;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lines that are kept, and a disk that may fail. */
class JournalTest {

    private static final Path FILE = Path.of("lines");
    private static final Path ASIDE = Path.of("lines.unreadable");

    private final MemoryDisk disk = new MemoryDisk();
    private final VirtualTiming timing = new VirtualTiming();
    private final NotedLines content = new NotedLines();
    private final Queue<Runnable> writes = new ArrayDeque<>();

    private Journal journal(Executor writer, int most) {
        Journal journal = new Journal(new JournalFile(disk, FILE), writer, timing, most);
        journal.open(content);
        return journal;
    }

    private Journal journal() {
        return journal(Runnable::run, 100);
    }

    private List<String> lines() {
        String text = disk.text(FILE);
        return text == null ? List.of() : text.lines().toList();
    }

    /** What the next process finds. */
    private List<String> restarted() {
        NotedLines next = new NotedLines();
        new Journal(new JournalFile(disk, FILE), Runnable::run, timing, 100).open(next);
        return next.loaded;
    }

    private static List<Signal> append(Journal journal, String... lines) {
        return Stream.of(lines).map(journal::append).toList();
    }

    @Test
    void aLineIsThereWhenItIsWritten() {
        Journal journal = journal(writes::add, 9);
        Signal one = journal.append("one");
        assertThat(one.isGiven()).as("nobody waits for a disk").isFalse();
        writes.remove().run();
        assertThat(one.isGiven()).isTrue();
        assertThat(lines()).containsExactly("one");
        disk.losePower(rest -> 0);
        assertThat(restarted()).containsExactly("one");
    }

    @Test
    void allThatWaitAreForcedAtOnce() {
        Journal journal = journal(writes::add, 1000);
        List<Signal> notes =
                IntStream.range(0, 100).mapToObj(i -> journal.append("" + i)).toList();
        while (!writes.isEmpty()) {
            writes.remove().run();
        }
        assertThat(notes).allMatch(Signal::isGiven);
        assertThat(disk.forces()).isEqualTo(1);
        assertThat(lines()).hasSize(100).startsWith("0", "1").endsWith("99");
    }

    @ParameterizedTest
    @EnumSource(
            value = Op.class,
            names = {"APPEND", "FORCE", "SIZE"})
    void whatCannotBeWrittenWaitsInItsOrder(Op broken) {
        Journal journal = journal();
        append(journal, "one");
        disk.fail(broken);
        List<Signal> notes = append(journal, "two", "three");
        assertThat(notes).noneMatch(Signal::isGiven);
        disk.fail();
        assertThat(restarted()).as("nothing of them is there").containsExactly("one");
        Signal next = journal.append("four");
        assertThat(next.isGiven()).isTrue();
        assertThat(notes).allMatch(Signal::isGiven);
        assertThat(restarted()).containsExactly("one", "two", "three", "four");
    }

    @Test
    void whatCannotBeWrittenIsTriedAgainAfterAPause() {
        Journal journal = journal();
        disk.fail(Op.APPEND);
        Signal note = journal.append("one");
        append(journal, "two", "three");
        assertThat(timing.pass()).isEqualTo(Duration.ofSeconds(1));
        assertThat(timing.pass()).as("one after the other, ever longer").isEqualTo(Duration.ofSeconds(2));
        disk.fail();
        timing.pass();
        assertThat(note.isGiven()).isTrue();
        assertThat(lines()).containsExactly("one", "two", "three");
        assertThat(timing.idle()).isTrue();
    }

    @Test
    void whatNoTimerTriesAgainIsTriedAgainForWhoWaitsForIt() {
        Journal journal = journal();
        disk.fail(Op.APPEND);
        timing.stop();
        Signal note = journal.append("one");
        assertThat(journal.kept().isGiven()).as("the disk still fails").isFalse();
        disk.fail();
        assertThat(journal.kept().isGiven()).isTrue();
        assertThat(note.isGiven()).isTrue();
        assertThat(lines()).containsExactly("one");
    }

    @Test
    void aWriterThatBreaksIsCalledAgain() {
        Queue<Error> broken = new ArrayDeque<>(List.of(new NoClassDefFoundError("broken")));
        Journal journal = journal(
                task -> {
                    if (!broken.isEmpty()) {
                        throw broken.remove();
                    }
                    task.run();
                },
                100);
        Signal note = journal.append("one");
        assertThat(note.isGiven()).isFalse();
        timing.pass();
        assertThat(note.isGiven()).isTrue();
        assertThat(lines()).containsExactly("one");
    }

    @Test
    void whoWaitsDoesNotTryBeforeThePauseIsOver() {
        Journal journal = journal();
        disk.fail(Op.APPEND);
        journal.append("one");
        disk.fail();
        Signal kept = journal.kept();
        assertThat(kept.isGiven()).isFalse();
        timing.pass();
        assertThat(kept.isGiven()).isTrue();
    }

    @Test
    void whatCannotBeWrittenIsTriedAgainWhenJenkinsStops() {
        Journal journal = journal(Runnable::run, 9_000);
        disk.fail(Op.FORCE);
        List<Signal> notes =
                IntStream.range(0, 2500).mapToObj(i -> journal.append("" + i)).toList();
        disk.fail();
        assertThat(journal.flush()).succeedsWithin(TestClients.LIMIT);
        assertThat(notes).allMatch(Signal::isGiven);
        assertThat(lines()).hasSize(2500);
    }

    @Test
    void aStopDoesNotWaitForADiskThatFails() {
        Journal journal = journal();
        disk.fail(Op.APPEND);
        journal.append("one");
        assertThat(journal.flush()).succeedsWithin(TestClients.LIMIT);
    }

    @Test
    void aFullDiskLeavesNoHalfLine() {
        Journal journal = journal();
        append(journal, "one");
        disk.room(4);
        Signal note = journal.append("second");
        assertThat(note.isGiven()).isFalse();
        assertThat(disk.text(FILE)).isEqualTo("one\n");
        disk.room(Long.MAX_VALUE);
        append(journal, "three");
        assertThat(note.isGiven()).isTrue();
        assertThat(restarted()).containsExactly("one", "second", "three");
    }

    @Test
    void aHalfLineThatCannotBeCutAtOnceIsCutBeforeTheNext() {
        Journal journal = journal();
        append(journal, "one");
        disk.room(4);
        disk.fail(Op.TRUNCATE);
        append(journal, "second");
        assertThat(disk.text(FILE)).isEqualTo("one\nseco");
        disk.room(Long.MAX_VALUE);
        append(journal, "three");
        assertThat(disk.text(FILE)).as("not while it cannot be cut").isEqualTo("one\nseco");
        disk.fail();
        append(journal, "four");
        assertThat(restarted()).containsExactly("one", "second", "three", "four");
    }

    @Test
    void whatIsWorthKeepingTakesThePlaceOfAllWhenThereIsTooMuch() {
        Journal journal = journal(Runnable::run, 2);
        append(journal, "1", "2", "3", "4");
        assertThat(lines()).hasSize(4);
        append(journal, "5");
        assertThat(lines()).containsExactly("kept");
        append(journal, "6", "7", "8");
        assertThat(lines()).containsExactly("kept", "6", "7", "8");
        append(journal, "9");
        assertThat(lines()).containsExactly("kept");
    }

    @Test
    void whatWasThereBeforeCountsToo() {
        disk.put(FILE, "1\n2\n3\n4\n");
        append(journal(Runnable::run, 2), "5");
        assertThat(lines()).containsExactly("kept");
    }

    @Test
    void whatCannotBeShortenedGrowsOn() {
        Journal journal = journal(Runnable::run, 2);
        disk.fail(Op.REPLACE);
        List<Signal> notes = append(journal, "1", "2", "3", "4", "5", "6");
        assertThat(notes).allMatch(Signal::isGiven);
        disk.fail();
        append(journal, "7");
        assertThat(lines()).containsExactly("kept");
    }

    @Test
    void whatHasNothingToKeepHoldsUpNobody() {
        content.kept = null;
        assertThat(journal(Runnable::run, 0).append("line").isGiven()).isTrue();
        assertThat(lines()).containsExactly("line");
    }

    @Test
    void aWriterThatRefusesIsAskedAgain() {
        boolean[] refuses = {true};
        Journal journal = journal(
                task -> {
                    if (refuses[0]) {
                        throw new RejectedExecutionException("busy");
                    }
                    task.run();
                },
                9);
        Signal note = journal.append("line");
        refuses[0] = false;
        timing.pass();
        assertThat(note.isGiven()).isTrue();
        assertThat(lines()).containsExactly("line");
    }

    @Test
    void whereNoTimerTakesAPauseTheNextLineTriesAgain() {
        Journal journal = journal();
        disk.fail(Op.APPEND);
        timing.stop();
        append(journal, "one");
        disk.fail();
        timing.goOn();
        append(journal, "two");
        assertThat(lines()).containsExactly("one", "two");
    }

    @Test
    void whatCannotWaitIsWrittenFromMemory() {
        Journal journal = journal(Runnable::run, 30_000);
        disk.fail(Op.APPEND, Op.REPLACE);
        IntStream.range(0, Journal.MOST_WAITING).forEach(i -> journal.append("" + i));
        Signal tooMuch = journal.append("too much");
        content.kept = List.of("all", "too much");
        disk.fail();
        assertThat(journal.flush()).succeedsWithin(TestClients.LIMIT);
        assertThat(lines()).containsExactly("all", "too much");
        assertThat(tooMuch.isGiven()).as("nobody holds it").isFalse();
        append(journal, "next");
        assertThat(lines()).containsExactly("all", "too much", "next");
    }

    @Test
    void whatCannotBeReadIsNotWrittenTo() {
        disk.put(FILE, "before\ntor");
        disk.fail(Op.READ);
        Journal journal = journal();
        assertThat(journal.trouble().reason()).isEqualTo("Input/output error");
        Signal note = journal.append("new");
        assertThat(note.isGiven()).isFalse();
        assertThat(disk.text(FILE)).isEqualTo("before\ntor");
        disk.fail();
        timing.pass();
        assertThat(note.isGiven()).isTrue();
        assertThat(journal.trouble()).isNull();
        assertThat(content.loaded).containsExactly("before");
        assertThat(content.waited).containsExactly("new");
        assertThat(restarted()).containsExactly("before", "new");
    }

    @Test
    void whatCannotBeReadIsReadWhenItIsNeededButNotAllTheTime() {
        disk.put(FILE, "before\n");
        disk.fail(Op.READ);
        Journal journal = journal();
        disk.fail();
        journal.look();
        assertThat(journal.trouble()).as("that was just now").isNotNull();
        timing.advance(Duration.ofSeconds(5));
        assertThat(journal.look().isGiven()).isTrue();
        assertThat(journal.trouble()).isNull();
        assertThat(content.loaded).containsExactly("before");
    }

    @Test
    void linesThatAreNotUnderstoodStayUntilSomebodyDecides() {
        disk.put(FILE, "one\n?https://a\n\ntwo\n?https://b\n");
        Journal journal = journal(Runnable::run, 3);
        assertThat(journal.trouble().damaged()).containsExactly("?https://a", "?https://b");
        assertThat(Stream.of("https://a", "https://b", "https://c").map(journal.trouble()::concerns))
                .containsExactly(true, true, false);
        assertThat(content.loaded).containsExactly("one", "", "two");
        append(journal, "1", "2");
        assertThat(lines()).as("shortened").containsExactly("?https://a", "?https://b", "kept");

        assertThat(journal.putAside()).succeedsWithin(TestClients.LIMIT);
        assertThat(journal.trouble()).isNull();
        assertThat(lines()).containsExactly("kept");
        assertThat(disk.text(ASIDE)).isEqualTo("?https://a\n?https://b\n");
    }

    @Test
    void aLineOfNobodyKnowsWhichServerIsOfAnyServer() {
        disk.put(FILE, "?https://a\n?\n");
        assertThat(journal().trouble().concerns("https://c")).isTrue();
    }

    @Test
    void aLineThatSomebodyMendsIsUnderstood() {
        disk.put(FILE, "?https://a\n");
        Journal journal = journal();
        append(journal, "new");
        disk.put(FILE, "mended\nnew\n");
        timing.advance(Duration.ofMinutes(1));
        journal.look();
        assertThat(journal.trouble()).isNull();
        assertThat(content.loaded).containsExactly("mended", "new");
    }

    @Test
    void whatWasReadOnceIsKnownAlsoIfItCannotBeReadAgain() {
        disk.put(FILE, "?https://a\n");
        Journal journal = journal();
        disk.fail(Op.READ);
        timing.advance(Duration.ofMinutes(1));
        journal.look();
        assertThat(journal.trouble().concerns("https://b")).isFalse();
        assertThat(journal.putAside()).failsWithin(TestClients.LIMIT);
        assertThat(journal.append("new").isGiven()).isTrue();
        assertThat(lines()).containsExactly("?https://a", "new");
    }

    @Test
    void aFileThatCannotBeReadIsMovedWhenSomebodyDecides() {
        disk.put(FILE, "before\n");
        disk.put(ASIDE, "an older one");
        disk.fail(Op.READ);
        Journal journal = journal();
        Signal note = journal.append("new");
        Future<Void> decided = journal.putAside();
        assertThat(decided).as("what lies there now cannot be read either").failsWithin(TestClients.LIMIT);
        assertThat(disk.text(Path.of("lines.unreadable.1"))).isEqualTo("before\n");
        disk.fail();
        assertThat(journal.putAside()).succeedsWithin(TestClients.LIMIT);
        assertThat(note.isGiven()).isFalse();
        TestClients.get(journal.flush());
        assertThat(note.isGiven()).isTrue();
        assertThat(restarted()).containsExactly("new");
    }
}
