package io.jenkins.plugins.metakraftwerk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.server.SlowDisk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Deployments one after another, and as many of the step of Jenkins that does least, at the default durability. */
@WithJenkins
class SequenceBenchmark {

    private static final int TIMES = Integer.getInteger("benchmark.times", 100);
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);

    /** So many milliseconds more for each force, in builds of their own. */
    private static final int FORCE = Integer.getInteger("benchmark.force", 0);

    /** Whether that is for Jenkins, too, so that what it makes of an echo counts for it; else for the plugin alone. */
    private static final boolean ALL_FORCES = Boolean.getBoolean("benchmark.force.all");

    private static final double MOST_TIMES_ECHO = 2.2;

    /** Milliseconds more for a step, where each force takes 5 more. */
    private static final double MOST_FOR_FORCES = 17;

    private final List<Double> deploying = new ArrayList<>();
    private final List<Double> echoing = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private final List<Double> more = new ArrayList<>();
    private final List<Double> forces = new ArrayList<>();
    private long nextBuild = 1_000_000;

    @AutoClose
    private final SlowDisk disk = new SlowDisk();

    @Test
    void oneAfterAnother(JenkinsRule jenkins) throws Exception {
        try (StandInProcess server = StandInProcess.start()) {
            Workbench bench = new Workbench(jenkins, server);
            echo(bench);
            deploy(bench, server);
            for (int round = 0; round < ROUNDS; round++) {
                double echo = echo(bench);
                double deploy = deploy(bench, server);
                echoing.add(echo);
                deploying.add(deploy);
                ratios.add(deploy / echo);
                if (FORCE > 0) {
                    double ofEcho = ALL_FORCES ? moreFor(() -> echo(bench)) : 0;
                    more.add(moreFor(() -> deploy(bench, server)) - ofEcho);
                }
            }
        }
        Figures figures = new Figures(TIMES + " steps, one after another, milliseconds each")
                .add("mkDeploy (median of " + deploying + ")", "%.1f", Figures.median(deploying))
                .add("echo (median of " + echoing + ")", "%.1f", Figures.median(echoing))
                .add("ratio (median of " + ratios + ")", "%.2f", Figures.median(ratios));
        if (FORCE > 0) {
            figures.add(
                    "more with " + FORCE + " ms in each force (median of " + more + ")", "%.1f", Figures.median(more));
        }
        if (!forces.isEmpty()) {
            figures.add("forces of the plugin", "%.2f", Figures.median(forces));
        }
        figures.print();
        assertThat(Figures.median(ratios)).isLessThanOrEqualTo(MOST_TIMES_ECHO);
        if (FORCE > 0) {
            assertThat(Figures.median(more)).isLessThanOrEqualTo(MOST_FOR_FORCES * FORCE / 5);
        }
    }

    /** What it takes longer if each force does. */
    private double moreFor(Callable<Double> steps) throws Exception {
        double quick = with(Duration.ZERO, steps);
        return with(Duration.ofMillis(FORCE), steps) - quick;
    }

    private double with(Duration longer, Callable<Double> steps) throws Exception {
        if (ALL_FORCES) {
            try (Strace slow = Strace.slow(longer)) {
                return steps.call();
            }
        }
        disk.slow(longer);
        double each = steps.call();
        forces.add((double) disk.forces() / TIMES);
        disk.slow(Duration.ZERO);
        return each;
    }

    private double deploy(Workbench bench, StandInProcess server) throws Exception {
        long first = nextBuild;
        nextBuild += TIMES;
        double seconds = bench.seconds(Workbench.loop(TIMES, Workbench.step(first + "L + i", "")));
        assertThat(server.seen(first, nextBuild).records()).isEqualTo(TIMES);
        return seconds * 1000 / TIMES;
    }

    private static double echo(Workbench bench) throws Exception {
        return bench.seconds(Workbench.loop(TIMES, "echo \"$i\"")) * 1000 / TIMES;
    }
}
