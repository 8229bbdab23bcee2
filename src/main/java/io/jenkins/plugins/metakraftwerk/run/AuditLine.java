package io.jenkins.plugins.metakraftwerk.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import io.jenkins.plugins.metakraftwerk.store.LineLimits;
import java.util.Locale;

/**
 * What the audit log keeps of an attempt to deploy; null where it does not apply. Nothing of it is a secret.
 *
 * @param time in UTC, as in ISO 8601
 * @param event {@code sending} before a request goes out; {@code created}, {@code adopted}, {@code skipped}, {@code failed}
 *     or {@code unknown} when it is known how an attempt has ended; {@code refused}
 * @param attempt with its real credential, whether or not that was lent
 * @param pattern its name, or else its id; and so with the next three
 * @param buildDeploymentId of the record, where there is one
 * @param count how often the build has ended like this by then without having sent anything; null for once
 */
@JsonNaming(LowerCamelCaseStrategy.class)
record AuditLine(
        String time,
        String event,

        @JsonUnwrapped
        @JsonIgnoreProperties({
            "owner",
            "span",
            "noSuchTarget",
            "fullDisplayName",
            "pattern",
            "patternId",
            "deployment",
            "deploymentId",
            "agent",
            "agentId",
            "agentGroup",
            "agentGroupId",
            "buildName",
            "record",
            "outcome",
            "time",
            "deleted"
        })
        AttemptRecord attempt,

        String pattern,
        String deployment,
        String agent,
        String agentGroup,
        Long buildDeploymentId,
        Long count) {

    static AuditLine forEvent(String event, AttemptRecord attempt) {
        return create(now(), event, attempt, null);
    }

    /** How an attempt has ended. */
    static AuditLine ofEnd(AttemptRecord ended) {
        return forEvent(ended.outcome().toLowerCase(Locale.ROOT), ended);
    }

    private static AuditLine create(String time, String event, AttemptRecord attempt, Long count) {
        return new AuditLine(
                time,
                event,
                attempt,
                attempt.patternLabel(),
                attempt.deploymentLabel(),
                attempt.agentLabel(),
                attempt.agentGroupLabel(),
                attempt.buildDeploymentId(),
                count);
    }

    /** The same, for as many as there were by then; one need not be said. */
    AuditLine counted(long attempts) {
        return create(time, event, attempt, attempts == 1 ? null : attempts);
    }

    static String now() {
        return Threads.timing().now().toString();
    }

    @Override
    public String toString() {
        return LineLimits.checked(JsonLine.write(this));
    }
}
