package io.jenkins.plugins.metakraftwerk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.benchmark.StandInProcess.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A thousand branches that deploy, and a thousand that sleep as long as the server takes to answer. */
@WithJenkins
class ParallelBenchmark {

    private static final int BRANCHES = Integer.getInteger("benchmark.branches", 1000);
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);
    private static final int WARM_UP = 100;
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final double MOST_TIME = 1.12;
    private static final int MOST_THREADS = 32;

    private final List<Double> deploying = new ArrayList<>();
    private final List<Double> sleeping = new ArrayList<>();
    private final List<Double> deployingCpu = new ArrayList<>();
    private final List<Double> sleepingCpu = new ArrayList<>();
    private int deployingThreads;
    private int sleepingThreads;
    private String kinds = "";
    private long firstBuild = 1_000_000;

    @Test
    void thePostTakesTwoSeconds(JenkinsRule jenkins) throws Exception {
        double ratio = compare(jenkins, "POST", "sleep 2", "POST answered after 2 s, GET at once");
        assertThat(ratio).isLessThanOrEqualTo(MOST_TIME);
        assertThat(deployingThreads).isLessThanOrEqualTo(MOST_THREADS);
    }

    @Test
    void eachRequestTakesTwoSeconds(JenkinsRule jenkins) throws Exception {
        compare(jenkins, "*", "sleep 2", "GET and POST answered after 2 s each, against one sleep");
        assertThat(deployingThreads).isLessThanOrEqualTo(MOST_THREADS);
    }

    private double compare(JenkinsRule jenkins, String delayed, String sleep, String title) throws Exception {
        try (StandInProcess server = StandInProcess.start();
                ThreadPeak threads = new ThreadPeak()) {
            Workbench bench = new Workbench(jenkins, server);
            server.delay(delayed, ANSWER);
            // Some of each to load classes and to compile; then in turns, so that both see the same machine.
            bench.run(Workbench.parallel(WARM_UP, 0, Workbench.step("n + 1", "")));
            bench.run(Workbench.parallel(WARM_UP, 0, sleep));
            for (int round = 0; round < ROUNDS; round++) {
                sleep(bench, sleep, threads);
                deploy(bench, server, threads);
            }
        }
        List<Double> ratios = IntStream.range(0, ROUNDS)
                .mapToObj(round -> deploying.get(round) / sleeping.get(round))
                .toList();
        double ratio = Figures.median(ratios);
        new Figures(BRANCHES + " branches: " + title)
                .add("mkDeploy, seconds (median of " + deploying + ")", "%.2f", Figures.median(deploying))
                .add("sleep 2, seconds (median of " + sleeping + ")", "%.2f", Figures.median(sleeping))
                .add("ratio (median of " + ratios + ")", "%.2f", ratio)
                .add("processor time of Jenkins, mkDeploy, seconds (median)", "%.2f", Figures.median(deployingCpu))
                .add("processor time of Jenkins, sleep 2, seconds (median)", "%.2f", Figures.median(sleepingCpu))
                .add("more live threads than before, mkDeploy", "%d (%s)", deployingThreads, kinds)
                .add("more live threads than before, sleep", "%d", sleepingThreads)
                .print();
        return ratio;
    }

    private void deploy(Workbench bench, StandInProcess server, ThreadPeak threads) throws Exception {
        long first = firstBuild;
        firstBuild += BRANCHES;
        threads.restart();
        double before = cpuSeconds();
        deploying.add(bench.seconds(Workbench.parallel(BRANCHES, first, Workbench.step("n", ""))));
        deployingCpu.add(cpuSeconds() - before);
        if (threads.extra() >= deployingThreads) {
            deployingThreads = threads.extra();
            kinds = threads.kindsOfExtra();
        }
        Seen seen = server.seen(first, firstBuild);
        assertThat(seen.records()).isEqualTo(BRANCHES);
        assertThat(seen.builds()).isEqualTo(BRANCHES);
    }

    private void sleep(Workbench bench, String sleep, ThreadPeak threads) throws Exception {
        threads.restart();
        double before = cpuSeconds();
        sleeping.add(bench.seconds(Workbench.parallel(BRANCHES, 0, sleep)));
        sleepingCpu.add(cpuSeconds() - before);
        sleepingThreads = Math.max(sleepingThreads, threads.extra());
    }

    private static double cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(duration -> duration.toMillis() / 1000.0)
                .orElseThrow();
    }
}
