package io.jenkins.plugins.metakraftwerk.history;

import hudson.model.Job;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import jenkins.model.Jenkins;

/** Puts attempts into the history of a job, as if its builds had made them one after another. */
public final class Past {

    /** When the first attempt of all ended; each later one a minute after the one before it. */
    public static final Instant BEGIN = Instant.parse("2025-06-01T08:00:00Z");

    private static final AtomicLong MINUTES = new AtomicLong();

    private final Job<?, ?> job;
    private String pattern = StandInDefaults.PATTERN;
    private Long patternId = StandInDefaults.PATTERN_ID;
    private int number = 1;
    private List<String> users = List.of("alice");

    /** Deletes all jobs and folders, and what else would be left of them. */
    public static void forgetAll() throws Exception {
        Jenkins jenkins = Jenkins.get();
        for (TargetLine line : DeploymentHistory.targets(jenkins)) {
            DeploymentHistory.clear(jenkins, line.key());
        }
        for (TopLevelItem item : List.copyOf(jenkins.getItems())) {
            item.delete();
        }
    }

    private Past(Job<?, ?> job) {
        this.job = job;
    }

    public static Past forJob(Job<?, ?> job) {
        return new Past(job);
    }

    public Past pattern(String name, Long id) {
        pattern = name;
        patternId = id;
        return this;
    }

    /** The number of the Jenkins build. */
    public Past in(int build) {
        number = build;
        return this;
    }

    public Past by(String... ids) {
        users = List.of(ids);
        return this;
    }

    public Past created(String deployment, long deploymentId, long build, long record) {
        return add(deployment, deploymentId, build, record, "CREATED", null);
    }

    public Past adopted(String deployment, long deploymentId, long build, long record) {
        return add(deployment, deploymentId, build, record, "ADOPTED", null);
    }

    public Past unknown(String deployment, Long deploymentId, long build, String reason) {
        return add(deployment, deploymentId, build, null, "UNKNOWN", reason);
    }

    public Past failed(String deployment, Long deploymentId, long build, String reason) {
        return add(deployment, deploymentId, build, null, "FAILED", reason);
    }

    /** The server has no deployment of that name. */
    public Past mistyped(String deployment, long build) {
        AttemptRecord failed = attempt(deployment, null, build, null, "FAILED", null);
        return add(failed.ofNoSuchTarget("No such deployment", failed.span(), Instant.ofEpochMilli(failed.time())));
    }

    private Past add(String deployment, Long deploymentId, long build, Long record, String outcome, String reason) {
        return add(attempt(deployment, deploymentId, build, record, outcome, reason));
    }

    private Past add(AttemptRecord attempt) {
        JobHistories.get().forJob(job).add(job, attempt, false);
        return this;
    }

    private AttemptRecord attempt(
            String deployment, Long deploymentId, long build, Long record, String outcome, String reason) {
        MetaKraftwerkServer server =
                MetaKraftwerkGlobalConfiguration.get().getServers().get(0);
        return Attempts.ended(
                UUID.randomUUID() + "@" + job.getFullName() + "#" + number,
                server.getName(),
                server.normalUrl(),
                pattern,
                patternId,
                deployment,
                deploymentId,
                build,
                null,
                record,
                null,
                StandInDefaults.AGENT_GROUP,
                outcome,
                reason,
                server.getCredentialsId(),
                "SERVER",
                BEGIN.plusSeconds(60 * MINUTES.getAndIncrement()).toEpochMilli(),
                job.getFullName(),
                number,
                job.getFullDisplayName() + " #" + number,
                users,
                false);
    }
}
