package io.jenkins.plugins.metakraftwerk.history;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * How one attempt to deploy ended; null where it does not apply or is not known. One line of a job's history. Nothing of it
 * is a secret.
 *
 * @param owner identifies the run that made the attempt, and is the same when it is told again
 * @param server the name of the server when the attempt was made
 * @param outcome {@code CREATED}, {@code ADOPTED}, {@code SKIPPED}, {@code FAILED} or {@code UNKNOWN}
 * @param reason why there is no record
 * @param origin who named the credential: {@code STEP}, {@code FOLDER} or {@code SERVER}
 * @param deployedAt when this Jenkins learned it, in milliseconds since 1970
 * @param job the full name that the job had then
 * @param users the ids of those who started the Jenkins build
 */
@JsonNaming(LowerCamelCaseStrategy.class)
public record HistoryEntry(
        String owner,
        String server,
        String serverUrl,
        String pattern,
        Long patternId,
        String deployment,
        Long deploymentId,
        Long buildId,
        String buildName,
        Long buildDeploymentId,
        String agent,
        String agentGroup,
        String outcome,
        String reason,
        String credentialsId,
        String origin,
        long deployedAt,
        String job,
        int number,
        String fullDisplayName,
        List<String> users) {

    public HistoryEntry {
        users = users == null ? List.of() : List.copyOf(users);
    }

    /** Whether something is there that this attempt brought or found: an attempt with a record. */
    public boolean landed() {
        return buildDeploymentId != null;
    }

    public boolean unknown() {
        return "UNKNOWN".equals(outcome);
    }
}
