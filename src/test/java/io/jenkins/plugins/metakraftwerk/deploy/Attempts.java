package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.LongTexts;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.time.Instant;
import java.util.List;

/** Attempts as tests need them. */
public final class Attempts {

    private static final String LEDGER = "ledger";

    private Attempts() {}

    /** @param record the id of its record; null where it has none */
    public static AttemptRecord ended(
            String owner,
            String server,
            String serverUrl,
            String pattern,
            Long patternId,
            String deployment,
            Long deploymentId,
            Long buildId,
            String buildName,
            Long record,
            String agent,
            String agentGroup,
            String outcome,
            String reason,
            String credentialsId,
            String origin,
            long time,
            String job,
            int number,
            String fullDisplayName,
            List<String> users,
            boolean deleted) {
        return new AttemptRecord(
                owner,
                job,
                number,
                fullDisplayName,
                users,
                server,
                serverUrl,
                credentialsId,
                origin,
                buildId,
                pattern,
                patternId,
                deployment,
                deploymentId,
                agent,
                null,
                agentGroup,
                null,
                "mkDeploy",
                buildName,
                record == null ? null : new BuildDeployment(record, buildId, patternId, deploymentId, null, null, null),
                outcome,
                reason,
                false,
                null,
                "SKIPPED".equals(outcome) || "FAILED".equals(outcome)
                        ? new LedgerSpan(LEDGER, 0, 0, 2 * time)
                        : new LedgerSpan(LEDGER, 2 * time - 1, time, 2 * time),
                time,
                deleted);
    }

    /** The same attempt, for which the ledger says that. */
    public static AttemptRecord spanning(AttemptRecord entry, LedgerSpan span) {
        Instant time = Instant.ofEpochMilli(entry.time());
        return entry.landed()
                ? entry.ended(new DeploymentResult(Origin.valueOf(entry.outcome()), entry.record()), span, time)
                : entry.failed(entry.unknown(), entry.reason(), span, time);
    }

    /** Of the job 'some/job', for build 5139, at 'P' and 'D' of 'https://s'; has a record where the outcome says so. */
    public static AttemptRecord ended(String owner, String outcome, Long record, String reason) {
        return at("some/job", 3, owner, outcome, record, reason);
    }

    public static AttemptRecord at(String job, int number, String owner, String outcome, Long record, String reason) {
        return ended(
                owner,
                "production",
                "https://s",
                "P",
                record == null ? null : 11L,
                "D",
                record == null ? null : 21L,
                5139L,
                null,
                record,
                null,
                null,
                outcome,
                reason,
                "mk-prod",
                "SERVER",
                record == null ? 1 : record,
                job,
                number,
                job + " #" + number,
                List.of("alice"),
                false);
    }

    /** Of which nothing may be longer. */
    public static AttemptRecord longest(String name, Long id) {
        String text = LongTexts.WIDE;
        long most = Long.MAX_VALUE;
        return new AttemptRecord(
                "o".repeat(75) + "€".repeat(255) + "#" + Integer.MAX_VALUE,
                text,
                Integer.MAX_VALUE,
                text,
                LongTexts.MANY,
                text,
                "https://" + "a".repeat(247),
                text,
                "SERVER",
                most,
                name,
                id,
                name,
                id,
                text,
                most,
                text,
                most,
                "metaKraftwerkDeploy",
                text,
                new BuildDeployment(most, most, most, most, most, most, most),
                "SKIPPED",
                text,
                false,
                null,
                new LedgerSpan("f".repeat(36), most, most, most),
                most,
                true);
    }
}
