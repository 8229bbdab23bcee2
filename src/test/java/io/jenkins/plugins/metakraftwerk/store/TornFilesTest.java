package io.jenkins.plugins.metakraftwerk.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import io.jenkins.plugins.metakraftwerk.store.MemoryDisk.Op;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Wherever a write ends, and whatever fails: what was said to be kept is there after a restart, whole and in its order. */
class TornFilesTest {

    private static final Path FILE = Path.of("lines");

    private static final List<Logger> LOGGERS = Stream.of(Journal.class, JournalReader.class)
            .map(type -> Logger.getLogger(type.getName()))
            .toList();

    private record Noted(String line, Signal kept) {}

    /** A journal that comes and goes with its process, and what it has said. */
    private static final class Lives {
        private final MemoryDisk disk = new MemoryDisk();
        private final VirtualTiming timing = new VirtualTiming();
        private List<Noted> noted = new ArrayList<>();
        private NotedLines content;
        private Journal journal;

        private Lives() {
            start();
        }

        private void start() {
            content = new NotedLines();
            journal = new Journal(new JournalFile(disk, FILE), Runnable::run, timing, 100_000);
            journal.open(content);
        }

        private void note(String line) {
            noted.add(new Noted(line, journal.append(line)));
        }

        /** The disk works, and the next process reads what the one before has written. */
        private void restart() {
            timing.forget();
            disk.fail();
            disk.room(Long.MAX_VALUE);
            start();
            List<Noted> found = new ArrayList<>();
            int next = 0;
            for (String line : content.loaded) {
                while (next < noted.size() && !noted.get(next).line().equals(line)) {
                    next = missed(next);
                }
                assertThat(next).as("whole, once and in its order: '%s'", line).isLessThan(noted.size());
                next++;
                found.add(new Noted(line, Signal.given()));
            }
            while (next < noted.size()) {
                next = missed(next);
            }
            noted = found;
        }

        private int missed(int index) {
            assertThat(noted.get(index).kept().isGiven())
                    .as(noted.get(index).line())
                    .isFalse();
            return index + 1;
        }

        private void goOn() {
            note("the next");
            restart();
            assertThat(noted).last().extracting(Noted::line).isEqualTo("the next");
        }
    }

    /** Thousands of failures need not be told. */
    @BeforeContainer
    static void silence() {
        LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
    }

    @AfterContainer
    static void speak() {
        LOGGERS.forEach(logger -> logger.setLevel(null));
    }

    /** Of all lengths, and in letters of one to three bytes; no two are the same. */
    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.strings()
                .withChars('a', 'ü', '数', ' ')
                .ofMaxLength(12)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(texts -> {
                    List<String> numbered = new ArrayList<>();
                    texts.forEach(text -> numbered.add(numbered.size() + ":" + text));
                    return numbered;
                });
    }

    @Property(tries = 500)
    void fullAtAnyByte(
            @ForAll("lines") List<String> lines, @ForAll @IntRange(max = 120) int room, @ForAll boolean cuts) {
        Lives lives = new Lives();
        lives.disk.room(room);
        if (!cuts) {
            lives.disk.fail(Op.TRUNCATE);
        }
        lines.forEach(lives::note);
        lives.restart();
        lives.goOn();
    }

    @Property(tries = 500)
    void withoutPowerAtAnyByte(@ForAll("lines") List<String> lines, @ForAll @IntRange(max = 100) int percent) {
        Lives lives = new Lives();
        int half = lines.size() / 2;
        lines.subList(0, half).forEach(lives::note);
        lives.disk.fail(Op.FORCE, Op.TRUNCATE);
        lines.subList(half, lines.size()).forEach(lives::note);
        lives.disk.losePower(rest -> rest * percent / 100);
        lives.restart();
        lives.goOn();
    }

    @Property(tries = 500)
    void whateverFailsAndWhenever(@ForAll @Size(max = 40) List<@IntRange(max = 99) Integer> steps) {
        Lives lives = new Lives();
        int number = 0;
        for (int step : steps) {
            int what = step / 10;
            switch (step % 10) {
                case 0 -> lives.disk.fail(Op.values()[what % Op.values().length]);
                case 1 -> lives.disk.fail(Op.TRUNCATE, Op.values()[what % Op.values().length]);
                case 2 -> lives.disk.fail();
                case 3 -> lives.disk.room(what);
                case 4 -> lives.disk.room(Long.MAX_VALUE);
                case 5 -> lives.timing.passIfAny();
                case 6 -> {
                    lives.disk.losePower(rest -> rest * what / 9);
                    lives.restart();
                }
                case 7 -> lives.restart();
                default -> lives.note(number++ + ":a line");
            }
        }
        lives.restart();
        lives.goOn();
    }
}
