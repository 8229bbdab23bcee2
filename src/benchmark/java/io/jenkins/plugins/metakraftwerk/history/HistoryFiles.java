package io.jenkins.plugins.metakraftwerk.history;

import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Jobs in folders with what they would have remembered, as files, since to create thousands of jobs takes too long. */
public final class HistoryFiles {

    private static final int JOBS_IN_A_FOLDER = 100;

    private final Path home;
    private final int targets;
    private long time = 1_700_000_000_000L;

    public HistoryFiles(Path home, int targets) {
        this.home = home;
        this.targets = targets;
    }

    /**
     * @param entriesOfEach how many attempts each job made
     * @param targetsOfEach at how many targets
     */
    public void write(int jobs, int entriesOfEach, int targetsOfEach) throws IOException {
        for (int job = 0; job < jobs; job++) {
            Path folder = home.resolve("jobs/team-" + job / JOBS_IN_A_FOLDER);
            if (job % JOBS_IN_A_FOLDER == 0) {
                Files.createDirectories(folder);
                Files.writeString(folder.resolve("config.xml"), "<com.cloudbees.hudson.plugins.folder.Folder/>");
            }
            Path own = Files.createDirectories(folder.resolve("jobs/job-" + job));
            Files.writeString(own.resolve("config.xml"), "<project/>");
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < entriesOfEach; i++) {
                lines.add(line(job, i, (job * targetsOfEach + i % targetsOfEach) % targets));
            }
            Files.write(own.resolve(HistoryFile.NAME), lines);
            Files.write(
                    own.resolve(JobHistory.TARGETS), lines.subList(entriesOfEach - targetsOfEach, entriesOfEach));
        }
    }

    private String line(int job, int number, int target) {
        long pattern = 1 + target / 4;
        long deployment = 1 + target;
        String fullName = "team-" + job / JOBS_IN_A_FOLDER + "/job-" + job;
        AttemptRecord entry = Attempts.ended(
                new java.util.UUID(job, number) + "@" + fullName + "#" + number,
                "production",
                "https://app.metakraftwerk.com",
                "PATTERN_" + pattern,
                pattern,
                "DEPLOY_" + deployment,
                deployment,
                5_000L + number,
                null,
                (long) job * 1_000 + number,
                null,
                "AGENTS",
                "CREATED",
                null,
                "mk-prod",
                "SERVER",
                time++,
                fullName,
                number,
                fullName.replace("/", " » ") + " #" + number,
                List.of("user-" + job % 20),
                false);
        return new HistoryLine(TargetKey.from(entry), entry).toString();
    }
}
