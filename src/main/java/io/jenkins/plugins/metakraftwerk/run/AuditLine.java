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
 * Line of the audit log for an attempt to deploy; fields that do not apply are null. No field is a secret.
 *
 * @param time the time in UTC, as in ISO 8601
 * @param event {@code sending} before a request goes out; {@code created}, {@code adopted}, {@code skipped},
 *     {@code failed} or {@code unknown} when an attempt has ended; {@code refused} when it was kept from sending
 * @param attempt the attempt with its real credential, even if that was not lent
 * @param pattern the name of the pattern, or else its id; the same for the next three fields
 * @param buildDeploymentId the id of the record, if there is one
 * @param count the number of attempts of the build that had ended like this by then without sending anything; null for
 *     1
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

    /** Returns the line for the end of an attempt. */
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

    /** Returns the line with a count; without one for a single attempt. */
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
