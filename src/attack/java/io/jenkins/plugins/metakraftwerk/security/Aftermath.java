package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.triggers.SafeTimerTask;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.server.PluginThreads;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jvnet.hudson.test.JenkinsRule;

/** What must be so after an attack, as docs/security.md states it. */
final class Aftermath {

    private static final long MIB = 1024 * 1024;

    /** The longest line of a file of ours. */
    private static final int LINE = 16 * 1024;

    /** Each file of the audit log, and any other file of ours. */
    private static final long FILE = 10 * MIB + LINE;

    /** What the plugin may hold when nothing is done any more, and what Jenkins itself has begun to hold. */
    private static final long HEAP = 100 * MIB;

    private static long heapBefore;

    private Aftermath() {}

    /** Whatever is in the queue of each of them is done, on as many threads as it has. */
    static void assertPoolsWork() throws InterruptedException {
        assertWorks("what may block", Threads.work(), PluginThreads.MOST_BLOCKED);
        assertWorks("what reads answers", Threads.http(), 2);
        CountDownLatch timer = new CountDownLatch(1);
        Threads.timing().after(Duration.ofMillis(1)).thenRun(timer::countDown);
        assertThat(timer.await(TestWaits.LIMIT.toSeconds(), TimeUnit.SECONDS)).as("the timer").isTrue();
    }

    private static void assertWorks(String what, Executor pool, int threads) throws InterruptedException {
        CountDownLatch all = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            pool.execute(() -> {
                all.countDown();
                try {
                    all.await(TestWaits.LIMIT.toSeconds(), TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        assertThat(all.await(TestWaits.LIMIT.toSeconds(), TimeUnit.SECONDS)).as(what).isTrue();
    }

    /** The lines of so many deployments of a job are there. */
    static void assertAudited(String job, int deployments) {
        TestWaits.until(
                deployments + " deployments of " + job + " in the audit log",
                () -> events(job, "sending") >= deployments && events(job, "created") >= deployments);
    }

    private static long events(String job, String event) {
        return audit().stream()
                .filter(line -> job.equals(line.path("job").asText())
                        && event.equals(line.path("event").asText()))
                .count();
    }

    private static List<JsonNode> audit() {
        List<JsonNode> lines = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        try (Stream<Path> files = Files.list(SafeTimerTask.getLogsRoot().toPath())) {
            for (Path file : files.filter(Aftermath::isOurs).toList()) {
                for (String line : Files.readAllLines(file)) {
                    lines.add(json.readTree(line));
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOurs(Path file) {
        return file.getFileName().toString().matches("(io\\.jenkins\\.plugins\\.)?metakraftwerk.*")
                && !file.getFileName().toString().endsWith(".jpi");
    }

    static void assertFilesAreBounded(JenkinsRule jenkins) throws IOException {
        List<String> tooLarge = new ArrayList<>();
        try (Stream<Path> all = Files.walk(jenkins.jenkins.getRootDir().toPath())) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(Aftermath::isOurs)
                    .filter(file -> !file.toString().contains("/plugins/"))
                    .toList()) {
                if (Files.size(file) > FILE) {
                    tooLarge.add(file + ": " + Files.size(file) + " bytes");
                }
                long longest = isOfLines(file) ? longestLine(file) : 0;
                if (longest > LINE) {
                    tooLarge.add(file + ": a line of " + longest + " bytes");
                }
            }
        }
        assertThat(tooLarge).isEmpty();
    }

    /** The memory of a trigger is one text, and some files are XML. */
    private static boolean isOfLines(Path file) {
        String name = file.getFileName().toString();
        return !name.endsWith(".json") && !name.endsWith(".xml");
    }

    private static long longestLine(Path file) throws IOException {
        long longest = 0;
        long length = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                length = next == '\n' ? 0 : length + 1;
                longest = Math.max(longest, length);
            }
        }
        return longest;
    }

    /** What is held before an attack, to compare with what is held after. Of a Jenkins before it, nothing is to be left. */
    static void rememberHeap(JenkinsRule jenkins) {
        heapBefore = heap(jenkins);
        for (long now = heap(jenkins); now < heapBefore - MIB; now = heap(jenkins)) {
            heapBefore = now;
        }
    }

    static void assertHeapIsBounded(JenkinsRule jenkins) {
        TestWaits.until("a heap of no more than " + HEAP / MIB + " MiB beyond that of before", () -> {
            long more = heap(jenkins) - heapBefore;
            System.out.printf("Heap: %d MiB before, and %d MiB more after%n", heapBefore / MIB, more / MIB);
            return more <= HEAP;
        });
    }

    private static long heap(JenkinsRule jenkins) {
        // Which holds each build for five minutes after it has begun, whatever was done in it.
        jenkins.jenkins.getQueue().clearLeftItems();
        // Also of what is held softly, since the profile 'attack' says so: the plugin holds nothing so.
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
