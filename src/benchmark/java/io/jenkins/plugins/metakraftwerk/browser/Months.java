package io.jenkins.plugins.metakraftwerk.browser;

import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import io.jenkins.plugins.metakraftwerk.run.AttemptView;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a job would have deployed in the last months, put where it would be remembered. */
final class Months {

    private static final List<String> STAGES = List.of("DEPLOY_TO_DEV", "DEPLOY_TO_TEST", "DEPLOY_TO_PROD");

    /** Hours from one build to the next. */
    private static final int RHYTHM = 53;

    private final Job<?, ?> job;
    private final MetaKraftwerkServer server;
    private long record = 500;

    Months(Job<?, ?> job, MetaKraftwerkServer server) {
        this.job = job;
        this.server = server;
    }

    /** Each pattern to three stages; some of them lag behind, and of one nobody knows. */
    void deploy(long firstId, String... names) {
        for (int i = 0; i < names.length; i++) {
            long pattern = firstId + i;
            for (int stage = 0; stage < STAGES.size(); stage++) {
                int late = (i % 3 == 1 ? stage : 0) + (i % 4 == 2 && stage == 2 ? 3 : 0);
                for (int build = 12; build >= late; build--) {
                    int hours = (build - late) * RHYTHM + late * RHYTHM + 4 * stage + 3 * i;
                    add(names[i], pattern, stage, 6299 - build, hours, "CREATED");
                }
            }
            if (i == 3) {
                add(names[i], pattern, 1, 6300, 2, "UNKNOWN");
            }
        }
    }

    private void add(String name, long pattern, int stage, long build, int hoursAgo, String outcome) {
        boolean landed = outcome.equals("CREATED");
        int number = (int) (build - 6200);
        var attempt = Attempts.ended(
                "%s-%d-%d-%s@%s#%d".formatted(name, stage, build, outcome, job.getFullName(), number),
                server.getName(),
                server.normalUrl(),
                "CORE_DV_" + name,
                pattern,
                STAGES.get(stage),
                10 * pattern + stage,
                build,
                "nightly " + (build - 6000),
                landed ? ++record : null,
                null,
                "DEV_AGENTS",
                outcome,
                landed ? null : "The connection was lost before the answer, and no record of it was found.",
                server.getCredentialsId(),
                "SERVER",
                Instant.now().minus(Duration.ofHours(hoursAgo + 1L)).toEpochMilli(),
                job.getFullName(),
                number,
                job.getFullDisplayName() + " #" + number,
                List.of(stage == 2 ? "anna" : "ben"),
                false);
        AttemptView.all().forEach(view -> view.show(job, attempt));
    }
}
