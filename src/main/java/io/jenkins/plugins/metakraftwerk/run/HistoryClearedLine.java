package io.jenkins.plugins.metakraftwerk.run;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.store.LineLimits;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Line of the audit log for a history that somebody has cleared.
 *
 * @param time the time in UTC, as in ISO 8601
 * @param event always {@code historyCleared}
 * @param users the id of the user who did it
 * @param job the full name of the job or folder; null for all of Jenkins
 * @param reason the reason why not all of it is cleared; null if it is
 */
@JsonNaming(LowerCamelCaseStrategy.class)
@Restricted(NoExternalUse.class)
public record HistoryClearedLine(
        String time,
        String event,
        List<String> users,
        String job,
        String server,
        String serverUrl,
        String pattern,
        String deployment,
        String reason) {

    /** Notes that the current user has cleared the history of a target there. Neither blocks nor fails. */
    public static void note(
            @CheckForNull Item item,
            String server,
            String serverUrl,
            String pattern,
            String deployment,
            @CheckForNull String failure) {
        AuditLog.get()
                .add(new HistoryClearedLine(
                        AuditLine.now(),
                        "historyCleared",
                        List.of(BoundedText.shorten(Jenkins.getAuthentication2().getName())),
                        item == null ? null : BoundedText.shorten(item.getFullName()),
                        BoundedText.shorten(server),
                        BoundedText.shorten(serverUrl),
                        BoundedText.shorten(pattern),
                        BoundedText.shorten(deployment),
                        BoundedText.reason(failure)));
    }

    @Override
    public String toString() {
        return LineLimits.checked(JsonLine.write(this));
    }
}
