package io.jenkins.plugins.metakraftwerk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import io.jenkins.plugins.metakraftwerk.history.DeploymentHistory;
import io.jenkins.plugins.metakraftwerk.history.HistoryFiles;
import io.jenkins.plugins.metakraftwerk.history.TargetLine;
import io.jenkins.plugins.metakraftwerk.run.DeploymentListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is deployed where, of thousands of jobs; and what it costs a deployment to be remembered. */
@WithJenkins
class HistoryBenchmark {

    private static final int JOBS = Integer.getInteger("benchmark.jobs", 5_000);
    private static final int TARGETS = 1_000;
    private static final int TARGETS_OF_EACH = 4;
    private static final int ENTRIES_OF_EACH = 20;
    private static final int ROUNDS = 20;
    private static final int DEPLOYMENTS = 100;

    @Test
    void thousandsOfJobs(JenkinsRule jenkins) throws Exception {
        Path home = jenkins.jenkins.getRootDir().toPath();
        new HistoryFiles(home, TARGETS).write(JOBS, ENTRIES_OF_EACH, TARGETS_OF_EACH);
        jenkins.jenkins.reload();
        long before = Figures.usedHeap();
        List<TargetLine> lines = new ArrayList<>();
        double first;
        List<String> read;
        try (Recording files = new Recording()) {
            files.enable("jdk.FileRead").withoutThreshold();
            files.start();
            first = Figures.medianSeconds(1, () -> lines.addAll(DeploymentHistory.targets(jenkins.jenkins)));
            files.stop();
            read = paths(files);
        }
        int targets = lines.size();
        lines.clear();
        double later = Figures.medianSeconds(ROUNDS, () -> DeploymentHistory.targets(jenkins.jenkins));
        long after = Figures.usedHeap();
        double history = Figures.medianSeconds(
                1,
                () -> DeploymentHistory.attempts(
                        jenkins.jenkins,
                        DeploymentHistory.targets(jenkins.jenkins).get(0).key(),
                        0,
                        50));
        new Figures("What is where, of " + JOBS + " jobs with " + JOBS * ENTRIES_OF_EACH + " entries")
                .add("targets", "%d", targets)
                .add("first time after a start, seconds", "%.2f", first)
                .add("later, seconds (median of " + ROUNDS + ")", "%.3f", later)
                .add("files of newest entries read", "%d", count(read, "metakraftwerk-targets"))
                .add("history files read", "%d", count(read, "metakraftwerk-history"))
                .add("files of builds read", "%d", count(read, "/builds/"))
                .add("more heap in use, MiB", "%.1f", (after - before) / 1048576.0)
                .add("history of one target, seconds", "%.3f", history)
                .print();
        assertThat(targets).isEqualTo(Math.min(TARGETS, JOBS * TARGETS_OF_EACH));
        assertThat(count(read, "metakraftwerk-targets")).isEqualTo(JOBS);
        assertThat(count(read, "metakraftwerk-history")).isZero();
        assertThat(count(read, "/builds/")).isZero();
    }

    private static List<String> paths(Recording recording) throws IOException {
        Path dump = Files.createTempFile("reads", ".jfr");
        try {
            recording.dump(dump);
            return RecordingFile.readAllEvents(dump).stream()
                    .filter(event -> event.getEventType().getName().equals("jdk.FileRead"))
                    .map(event -> event.getString("path"))
                    .filter(path -> path != null)
                    .distinct()
                    .toList();
        } finally {
            Files.delete(dump);
        }
    }

    private static long count(List<String> paths, String part) {
        return paths.stream().filter(path -> path.contains(part)).count();
    }

    /** In turns in the same Jenkins, with listeners and without. */
    @Test
    void aDeployment(JenkinsRule jenkins) throws Exception {
        try (StandInProcess server = StandInProcess.start()) {
            Workbench bench = new Workbench(jenkins, server);
            String script = "for (int i = 0; i < " + DEPLOYMENTS + "; i++) { " + Workbench.step("5139", "") + " }";
            List<DeploymentListener> listeners = List.copyOf(ExtensionList.lookup(DeploymentListener.class));
            List<Double> with = new ArrayList<>();
            List<Double> without = new ArrayList<>();
            bench.seconds(script);
            for (int round = 0; round < 7; round++) {
                with.add(bench.seconds(script));
                ExtensionList.lookup(DeploymentListener.class).removeAll(listeners);
                without.add(bench.seconds(script));
                ExtensionList.lookup(DeploymentListener.class).addAll(listeners);
            }
            new Figures(DEPLOYMENTS + " deployments in sequence, median of 7")
                    .add("remembered, ms each", "%.2f", Figures.median(with) * 1000 / DEPLOYMENTS)
                    .add("not remembered, ms each", "%.2f", Figures.median(without) * 1000 / DEPLOYMENTS)
                    .print();
        }
    }
}
