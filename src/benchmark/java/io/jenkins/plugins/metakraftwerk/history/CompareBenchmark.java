package io.jenkins.plugins.metakraftwerk.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.benchmark.Figures;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A click on 'Compare with the server' where many other jobs deployed to the same targets, and the server has something newer. */
@WithJenkins
class CompareBenchmark {

    private static final int JOBS = 200;
    private static final int TARGETS = 250;
    private static final int ROUNDS = 10;
    private static final long TIME = 1_700_000_000_000L;

    @Test
    void manyJobsAtManyTargets(JenkinsRule jenkins) throws Exception {
        try (StandInServer server = StandInServer.start()) {
            Setup.standIn(server.url(), server.token());
            LongStream.range(0, TARGETS)
                    .forEach(i -> server.addBuildDeployment(5139, StandInDefaults.PATTERN_ID, 1000 + i, null, null));
            for (int i = 0; i < JOBS; i++) {
                FreeStyleProject job = jenkins.createFreeStyleProject("job-" + i);
                write(job.getRootDir().toPath(), job.getFullName(), server.url(), i);
            }
            jenkins.jenkins.reload();
            OverviewSubject place = new OverviewSubject(jenkins.jenkins.getItem("job-0"));
            Set<String> shown =
                    place.lines().stream().map(line -> line.key().hash()).collect(Collectors.toSet());
            // Cold again, but for the classes.
            new ServerComparison(place).compare(Set.of());
            jenkins.jenkins.reload();
            OverviewSubject again = new OverviewSubject(jenkins.jenkins.getItem("job-0"));
            ServerComparison.Result[] answer = new ServerComparison.Result[1];
            double cold = Figures.medianSeconds(1, () -> answer[0] = new ServerComparison(again).compare(shown));
            double warm = Figures.medianSeconds(ROUNDS, () -> answer[0] = new ServerComparison(again).compare(shown));
            Map<String, Long> states = answer[0].targets().stream()
                    .collect(Collectors.groupingBy(result -> result.get("state"), Collectors.counting()));
            new Figures("Compare " + TARGETS + " targets of a job, with " + JOBS + " jobs at the same targets")
                    .add("first click after a start, seconds", "%.2f", cold)
                    .add("later, seconds (median of " + ROUNDS + ")", "%.3f", warm)
                    .add("targets compared", "%d", answer[0].targets().size())
                    .add("targets left out", "%d", answer[0].leftOut())
                    .print();
            assertThat(states).containsOnlyKeys("other").containsEntry("other", (long) ServerComparison.MOST_TARGETS);
            assertThat(cold).isLessThan(8);
            assertThat(warm).isLessThan(1);
        }
    }

    private static void write(Path folder, String job, String url, int number) throws Exception {
        List<String> lines = LongStream.range(0, TARGETS)
                .mapToObj(i -> line(job, url, number, 1000 + i))
                .toList();
        Files.write(folder.resolve(HistoryFile.NAME), lines);
        Files.write(folder.resolve(JobHistory.TARGETS), lines);
    }

    private static String line(String job, String url, int number, long deployment) {
        AttemptRecord entry = Attempts.ended(
                new java.util.UUID(number, deployment) + "@" + job + "#1",
                Setup.SERVER,
                url,
                StandInDefaults.PATTERN,
                StandInDefaults.PATTERN_ID,
                "DEPLOY_" + deployment,
                deployment,
                5_000L + number,
                null,
                1_000_000L + number * 1_000L + deployment,
                null,
                "AGENTS",
                "CREATED",
                null,
                Setup.TOKEN_ID,
                "SERVER",
                TIME + number,
                job,
                1,
                job + " #1",
                List.of("user-" + number % 20),
                false);
        return new HistoryLine(TargetKey.from(entry), entry).toString();
    }
}
