package io.jenkins.plugins.metakraftwerk.run;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.store.LineLimits;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * Line of the audit log for a change of a server; fields that do not apply are null. No field is a secret.
 *
 * @param time the time in UTC, as in ISO 8601
 * @param event the kind of change
 * @param users the id of the user who did it
 * @param from the value before
 * @param to the new value
 * @param count the number of entries of the list that have changed
 */
@JsonNaming(LowerCamelCaseStrategy.class)
record ServerChangeLine(
        String time,
        String event,
        List<String> users,
        String server,
        String serverUrl,
        String from,
        String to,
        Integer count,
        String reason) {

    /** Returns a line for a change by the current user. */
    static ServerChangeLine byCurrentUser(
            String event, String server, String serverUrl, @CheckForNull String from, @CheckForNull String to) {
        return byCurrentUser(event, server, serverUrl, from, to, null, null);
    }

    /** Returns a line for a change by the current user. */
    static ServerChangeLine byCurrentUser(
            String event,
            String server,
            String serverUrl,
            @CheckForNull String from,
            @CheckForNull String to,
            @CheckForNull Integer count,
            @CheckForNull String reason) {
        return new ServerChangeLine(
                AuditLine.now(),
                event,
                List.of(BoundedText.shorten(Jenkins.getAuthentication2().getName())),
                BoundedText.shorten(server),
                BoundedText.shorten(serverUrl),
                BoundedText.shorten(from),
                BoundedText.shorten(to),
                count,
                BoundedText.shorten(reason));
    }

    @Override
    public String toString() {
        return LineLimits.checked(JsonLine.write(this));
    }
}
