package io.jenkins.plugins.metakraftwerk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.benchmark.DiskCalls.Call;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a deployment asks of the disk, beside the step of Jenkins that does least, as {@code strace} counts it. */
@WithJenkins
class WritesBenchmark {

    private static final int TIMES = 50;
    private static final int WARM_UP = 5;
    private static final long FIRST = 1_000_000;

    @Test
    void oneAfterAnother(JenkinsRule jenkins) throws Exception {
        DiskCalls deploy;
        DiskCalls echo;
        try (StandInProcess server = StandInProcess.start()) {
            Workbench bench = new Workbench(jenkins, server);
            Path home = jenkins.jenkins.getRootDir().toPath();
            bench.run(deploy(WARM_UP, FIRST));
            bench.run(echo(WARM_UP));
            deploy = counted(bench, home, deploy(TIMES, FIRST + WARM_UP));
            echo = counted(bench, home, echo(TIMES));
            assertThat(server.seen(FIRST, FIRST + WARM_UP + TIMES).records()).isEqualTo(WARM_UP + TIMES);
        }
        print(deploy, echo);
    }

    private static String deploy(int times, long first) {
        return Workbench.loop(times, Workbench.step(first + "L + i", ""));
    }

    private static String echo(int times) {
        return Workbench.loop(times, "echo \"$i\"");
    }

    private static DiskCalls counted(Workbench bench, Path home, String script) throws Exception {
        Strace strace = Strace.count(Path.of("target/strace.txt"));
        try (strace) {
            bench.run(script);
        }
        return new DiskCalls(home, strace.lines());
    }

    private static void print(DiskCalls deploy, DiskCalls echo) {
        System.out.println("\n### What a step asks of the disk (forces, writes, opens to write, renames), of " + TIMES
                + " one after another\n\n| file | mkDeploy | echo |\n| --- | --- | --- |");
        Set<String> kinds = new TreeSet<>(deploy.kinds());
        kinds.addAll(echo.kinds());
        kinds.forEach(
                kind -> System.out.println("| " + kind + " | " + each(deploy, kind) + " | " + each(echo, kind) + " |"));
        System.out.println("| all | " + all(deploy) + " | " + all(echo) + " |\n");
    }

    private static String each(DiskCalls calls, String kind) {
        return Stream.of(Call.values())
                .map(call -> perStep(calls.count(kind, call)))
                .collect(Collectors.joining(", "));
    }

    private static String all(DiskCalls calls) {
        return Stream.of(Call.values()).map(call -> perStep(calls.all(call))).collect(Collectors.joining(", "));
    }

    private static String perStep(int count) {
        return count == 0 ? "-" : String.format(Locale.ROOT, "%.2f", (double) count / TIMES);
    }
}
