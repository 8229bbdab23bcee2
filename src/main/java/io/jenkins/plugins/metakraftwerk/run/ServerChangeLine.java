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
 * What the audit log keeps of a change of a server; null where it does not apply. Nothing of it is a secret.
 *
 * @param time in UTC, as in ISO 8601
 * @param event says what was changed
 * @param users the id of who did it
 * @param from what it was before
 * @param to what it is now
 * @param count how many entries of the list it was
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

    /** By the current user. */
    static ServerChangeLine byCurrentUser(
            String event, String server, String serverUrl, @CheckForNull String from, @CheckForNull String to) {
        return byCurrentUser(event, server, serverUrl, from, to, null, null);
    }

    /** By the current user. */
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
