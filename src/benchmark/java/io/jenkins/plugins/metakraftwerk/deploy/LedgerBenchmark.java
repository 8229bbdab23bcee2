package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.benchmark.Figures;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.BuildLocation;
import io.jenkins.plugins.metakraftwerk.store.Journal;
import io.jenkins.plugins.metakraftwerk.store.JournalFile;
import io.jenkins.plugins.metakraftwerk.store.LocalDisk;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The ledger of a controller that has deployed for long: its file, the memory it takes, and the time to read it. */
class LedgerBenchmark {

    private static final int ATTEMPTS = Integer.getInteger("benchmark.attempts", 100_000);

    /** Of so many attempts, one ends unknown, and one of so many more is still sending at the end. */
    private static final int UNKNOWN = 10;

    private static final int OPEN = 100;

    /** So many go on at a time. */
    private static final int AT_ONCE = 100;

    private static final int READS = 5;

    private static final long MIB = 1024 * 1024;
    private static final long MOST_OF_FILE = 64 * MIB;
    private static final long MOST_HELD = 20 * MIB;

    private static final String SERVER = "https://app.metakraftwerk.com";
    private static final AttemptSource SOURCE =
            new AttemptSource("mkDeploy", "production", "metakraftwerk-token", "SERVER", null);

    /** Not in the temporary files, which are in memory on many machines. */
    private final Path file = Path.of("target/ledger-benchmark/ledger");

    private final String life = UUID.randomUUID() + "/";

    @AutoClose
    private final ExecutorService writer = Executors.newSingleThreadExecutor();

    @AutoClose("shutdownNow")
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

    private final Timing timing = Timing.on(timer, Runnable::run);
    private long largest;

    @Test
    void afterManyAttempts() throws Exception {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        long empty = Figures.usedHeap();
        Ledger ledger = open();
        long began = System.nanoTime();
        make(ledger);
        double each = (System.nanoTime() - began) / 1e6 / ATTEMPTS;
        long held = Figures.usedHeap() - empty;
        Reference.reachabilityFence(ledger);
        long last = Files.size(file);

        began = System.nanoTime();
        open();
        double first = (System.nanoTime() - began) / 1e9;
        double later = Figures.medianSeconds(READS, this::open);
        ledger = null;
        // It holds those that wait for runs to come back.
        timer.getQueue().clear();
        long without = Figures.usedHeap();
        Ledger read = open();
        long heldAfterReading = Figures.usedHeap() - without;
        int open = read.left().size();
        Reference.reachabilityFence(read);

        new Figures("The ledger after " + ATTEMPTS + " attempts, of which " + ATTEMPTS / UNKNOWN + " ended unknown and "
                        + ATTEMPTS / OPEN + " are open")
                .add("the file at its largest, MiB", "%.1f", (double) largest / MIB)
                .add("the file in the end, MiB", "%.1f", (double) last / MIB)
                .add("heap that is held by who made them, MiB", "%.1f", (double) held / MIB)
                .add("heap that is held after a start, MiB", "%.1f", (double) heldAfterReading / MIB)
                .add("to read it the first time, seconds", "%.2f", first)
                .add("to read it, seconds (median of " + READS + ")", "%.2f", later)
                .add("milliseconds for each attempt, " + AT_ONCE + " at a time", "%.2f", each)
                .print();
        assertThat(open).isEqualTo(ATTEMPTS / OPEN);
        assertThat(largest).isLessThanOrEqualTo(MOST_OF_FILE);
        assertThat(held).isLessThanOrEqualTo(MOST_HELD);
        assertThat(heldAfterReading).isLessThanOrEqualTo(MOST_HELD);
    }

    private Ledger open() {
        return new Ledger(
                timing, new Journal(new JournalFile(new LocalDisk(), file), writer, timing, Ledger.REMEMBERED));
    }

    private void make(Ledger ledger) throws IOException {
        for (int from = 0; from < ATTEMPTS; from += AT_ONCE) {
            List<Run> runs = IntStream.range(from, from + AT_ONCE)
                    .mapToObj(number -> new Run(number, who(number), request(number)))
                    .toList();
            runs.forEach(run -> run.begin(ledger, timing));
            ledger.kept().future().join();
            runs.forEach(run -> run.end(ledger, timing));
            ledger.kept().future().join();
            largest = Math.max(largest, Files.size(file));
        }
    }

    /** What a run notes, without what it does. */
    private record Run(int number, RunIdentity who, DeploymentRequest request, RequestKey key) {

        private Run(int number, RunIdentity who, DeploymentRequest request) {
            this(
                    number,
                    who,
                    request,
                    new RequestKey(SERVER, request.buildId(), request.pattern(), null, request.deployment(), null));
        }

        private long baseline() {
            return 4_000_000L + number;
        }

        private void begin(Ledger ledger, Timing timing) {
            DeploymentState state = DeploymentState.initial(false, Duration.ofMinutes(60), timing.now());
            ledger.runs().enter(who, SERVER, request, SOURCE, state);
            String executor = UnknownAttempt.executor(request);
            ledger.sends(
                    UnknownAttempt.forRequest(key, executor, who, baseline(), timing.now()), state.sending(baseline()));
        }

        private void end(Ledger ledger, Timing timing) {
            if (number % OPEN == 1) {
                return;
            }
            if (number % UNKNOWN == 0) {
                ledger.attempts().note(key, UnknownAttempt.executor(request), who, baseline());
                ledger.unclaimedRequests().land(who.owner());
            } else {
                BuildDeployment record = new BuildDeployment(
                        5_000_000L + number, request.buildId(), 11L, 21L, 6_000_000L + number, null, 41L);
                ledger.claims().own(key, record, who.owner(), timing.uptime());
                ledger.unclaimedRequests().land(who.owner());
                ledger.attempts().settle(who.owner());
            }
            ledger.over(who.owner(), SERVER);
            ledger.buildOver(who.build());
        }
    }

    /** As such names are in life. */
    private RunIdentity who(int number) {
        String job = "data-vault/customers/deploy-" + number % 500;
        String owner = life + new UUID(number, number) + "@" + job + "#" + number;
        String name = job.replace("/", " » ") + " #" + number;
        return new RunIdentity(owner, new UUID(1, number).toString(), () -> new BuildLocation(job, number, name));
    }

    private static DeploymentRequest request(int number) {
        return new DeploymentRequest(
                1_000_000L + number, pattern(number), null, "DEPLOY_TO_PROD", null, null, null, "PROD_AGENTS", null);
    }

    private static String pattern(int number) {
        return "CORE_DV_CUSTOMER_HUB_%03d".formatted(number % 200);
    }
}
