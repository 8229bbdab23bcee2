package io.jenkins.plugins.metakraftwerk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.console.ConsoleNote;
import io.jenkins.plugins.metakraftwerk.benchmark.StandInProcess.Seen;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * A thousand branches against a server that refuses every third request for now and drops one connection in a hundred,
 * before or after it has done the work.
 */
@WithJenkins
class TroubledBenchmark {

    private static final int BRANCHES = Integer.getInteger("benchmark.branches", 1000);
    private static final long FIRST = 1_000_000;

    @Test
    void everyBuildIsDeployedOnce(JenkinsRule jenkins) throws Exception {
        try (StandInProcess server = StandInProcess.start()) {
            Workbench bench = new Workbench(jenkins, server);
            server.troubles(Duration.ofSeconds(2));
            String step = Workbench.step("n", ", skipIfDeployed: true");
            // A step must not send again what may have been done; to look again and then send is the script's decision.
            String branch = "try { " + step + " } catch (e) { if (!e.outcomeUnknown) { throw e }; "
                    + "echo 'again: ' + e.message; retry(3) { " + step + " } }";
            WorkflowRun build = bench.run(Workbench.parallel(BRANCHES, FIRST, branch));

            Seen seen = server.seen(FIRST, FIRST + BRANCHES);
            List<String> log = ConsoleNote.removeNotes(build.getLog(Integer.MAX_VALUE));
            new Figures(BRANCHES + " branches in trouble")
                    .add("seconds", "%.1f", build.getDuration() / 1000.0)
                    .add("requests", "%d", seen.requests())
                    .add("records", "%d", seen.records())
                    .add("builds with a record", "%d", seen.builds())
                    .add("repetitions announced in the log", "%d", count(log, "trying again in"))
                    .add("answers lost, and the record found", "%d", count(log, "although its answer was lost"))
                    .add("steps that ended with 'outcome unknown'", "%d", count(log, "again: "))
                    .print();
            assertThat(seen.builds()).isEqualTo(BRANCHES);
            assertThat(seen.records()).isEqualTo(BRANCHES);
        }
    }

    private static long count(List<String> log, String text) {
        return log.stream().filter(line -> line.contains(text)).count();
    }
}
