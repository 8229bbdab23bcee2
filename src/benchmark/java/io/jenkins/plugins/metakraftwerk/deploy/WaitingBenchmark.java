package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.RUNNING_BUILD;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.benchmark.Figures;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs that wait for their MetaKraftwerk build: the memory that they hold, and the time until all of them are aborted. */
class WaitingBenchmark {

    private static final int RUNS = Integer.getInteger("benchmark.runs", 1_000);
    private static final int WARM_UP = 200;
    private static final int ROUNDS = 5;
    private static final double MOST_KIB = 12;
    private static final double MOST_SECONDS = 2;

    @Test
    void heapAndAborts() throws Exception {
        measure(WARM_UP);
        List<Round> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            rounds.add(measure(RUNS));
        }
        double kib = Figures.median(rounds.stream().map(Round::kib).toList());
        double seconds = Figures.median(rounds.stream().map(Round::seconds).toList());
        new Figures(RUNS + " runs that wait for their build")
                .add("heap of each, KiB (median of " + rounds.stream().map(Round::kib).toList() + ")", "%.1f", kib)
                .add("all are aborted, seconds (median)", "%.2f", seconds)
                .print();
        assertThat(kib).isLessThanOrEqualTo(MOST_KIB);
        assertThat(seconds).isLessThanOrEqualTo(MOST_SECONDS);
    }

    private record Round(double kib, double seconds) {}

    private static Round measure(int runs) throws InterruptedException {
        try (RunFixture fixture = new RunFixture()) {
            long before = Figures.usedHeap();
            List<TestRun> waiting = new ArrayList<>();
            for (int run = 1; run <= runs; run++) {
                waiting.add(fixture.trial(TestClients.request(RUNNING_BUILD))
                        .inBuild("job#" + run)
                        .startWaiting());
                // Else there would be as many connections.
                fixture.timing.awaitWaits(run);
            }
            double kib = (Figures.usedHeap() - before) / 1024.0 / runs;
            Reference.reachabilityFence(waiting);
            long began = System.nanoTime();
            waiting.stream().map(TestRun::abortLater).toList().forEach(TestClients::get);
            return new Round(kib, (System.nanoTime() - began) / 1e9);
        }
    }
}
