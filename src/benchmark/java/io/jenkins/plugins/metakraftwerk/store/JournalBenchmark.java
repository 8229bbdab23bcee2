package io.jenkins.plugins.metakraftwerk.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.benchmark.Figures;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What it costs that a note survives a loss of power: for one who waits for it, and for many who wait at once. */
class JournalBenchmark {

    private static final int ROUNDS = 300;
    private static final int AT_ONCE = 100;
    private static final String LINE = "https://app.metakraftwerk.com#4711 0b5b0c1e-6f0f-4f9e-9d7c-0d9a5f6d1c3b@a/job#41";

    /** Not in the temporary files, which are in memory on many machines. */
    private final Path folder = Path.of("target/journal-benchmark");

    private final ExecutorService writer = Executors.newSingleThreadExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @Test
    void forcesWhatWaits() throws IOException {
        Files.createDirectories(folder);
        Disk forced = new LocalDisk();
        Disk unforced = withoutForce(forced);
        Figures figures = new Figures("A line that is kept, ms until its writer hears of it (medians, turn by turn)");
        List<List<Double>> all = IntStream.range(0, 4)
                .mapToObj(i -> (List<Double>) new ArrayList<Double>())
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            all.get(0).add(millis(forced, 1));
            all.get(1).add(millis(unforced, 1));
            all.get(2).add(millis(forced, AT_ONCE));
            all.get(3).add(millis(unforced, AT_ONCE));
        }
        figures.add("one line, forced", "%.2f", Figures.median(all.get(0)))
                .add("one line, not forced", "%.2f", Figures.median(all.get(1)))
                .add(AT_ONCE + " lines at once, forced, until all are there", "%.2f", Figures.median(all.get(2)))
                .add(AT_ONCE + " lines at once, not forced", "%.2f", Figures.median(all.get(3)))
                .print();
        writer.shutdown();
        timer.shutdown();
        assertThat(Figures.median(all.get(2)))
                .as("shared, so far less than one after another")
                .isLessThan(AT_ONCE / 4.0 * Figures.median(all.get(0)));
    }

    private double millis(Disk disk, int lines) throws IOException {
        Path file = folder.resolve("lines");
        Journal journal = new Journal(
                new JournalFile(disk, file), writer, Timing.on(timer, Runnable::run), Integer.MAX_VALUE / 2);
        journal.open(new Nothing());
        // The first line makes the file.
        journal.append(LINE).future().join();
        long began = System.nanoTime();
        CompletableFuture<?>[] written = IntStream.range(0, lines)
                .mapToObj(i -> journal.append(LINE).future())
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(written).join();
        double millis = (System.nanoTime() - began) / 1e6;
        Files.delete(file);
        return millis;
    }

    private static Disk withoutForce(Disk disk) {
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("force") ? null : method.invoke(disk, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static final class Nothing implements JournalContent {
        @Override
        public boolean understands(String line) {
            return true;
        }

        @Override
        public Optional<String> serverOf(String line) {
            return Optional.empty();
        }

        @Override
        public void load(List<String> lines, List<String> waiting) {
            // Nobody asks for them.
        }

        @Override
        public List<String> worthKeeping() {
            return List.of();
        }

        @Override
        public void putAside() {
            throw new IllegalStateException("Nothing is lost");
        }
    }
}
