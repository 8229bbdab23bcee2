package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.run.JenkinsBuild;
import io.jenkins.plugins.metakraftwerk.run.RecordedDeployment;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One attempt as the pages and the remote API show it. */
@ExportedBean(defaultVisibility = 3)
@Restricted(NoExternalUse.class)
public final class ShownEntry {

    private final TargetKey key;
    private final HistoryEntry entry;
    private final JenkinsBuild build;

    ShownEntry(TargetKey key, HistoryEntry entry) {
        this.key = key;
        this.entry = entry;
        build = entry.jenkinsBuild();
    }

    /** What something is called that has a name or, where that is not known, an id. */
    static String label(@CheckForNull String name, @CheckForNull Long id) {
        return name == null && id != null ? "#" + id : String.valueOf(name);
    }

    @Exported
    public String getKey() {
        return key.toString();
    }

    @Exported
    public String getServer() {
        return entry.server();
    }

    /** Null where the current user may not know which job it was. */
    @Exported
    @CheckForNull
    public String getServerUrl() {
        return entry.serverUrl();
    }

    /** Null where only the id is known. */
    @Exported
    @CheckForNull
    public String getPattern() {
        return entry.pattern();
    }

    @Exported
    @CheckForNull
    public Long getPatternId() {
        return entry.patternId();
    }

    /** Null where only the id is known. */
    @Exported
    @CheckForNull
    public String getDeployment() {
        return entry.deployment();
    }

    @Exported
    @CheckForNull
    public Long getDeploymentId() {
        return entry.deploymentId();
    }

    @Exported
    public Long getBuildId() {
        return entry.buildId();
    }

    @Exported
    @CheckForNull
    public String getBuildName() {
        return entry.buildName();
    }

    /** Null where there is no record. */
    @Exported
    @CheckForNull
    public Long getBuildDeploymentId() {
        return entry.buildDeploymentId();
    }

    @Exported
    @CheckForNull
    public String getAgent() {
        return entry.agent();
    }

    @Exported
    @CheckForNull
    public String getAgentGroup() {
        return entry.agentGroup();
    }

    @Exported
    public String getOutcome() {
        return entry.outcome();
    }

    /** Null where the current user may not know which job it was, and where none was lent to it. */
    @Exported
    @CheckForNull
    public String getCredentialsId() {
        return entry.credentialsId();
    }

    /** Null where the id of the credential is. */
    @Exported
    @CheckForNull
    public String getOrigin() {
        return entry.origin();
    }

    /** When this Jenkins learned it, in UTC, as in ISO 8601. */
    @Exported
    public String getDeployedAt() {
        return Instant.ofEpochMilli(entry.deployedAt()).toString();
    }

    /** Null where the current user may not know it. */
    @Exported
    @CheckForNull
    public JenkinsBuild getJenkinsBuild() {
        return build;
    }

    /** Ids of those who started the Jenkins build. */
    @Exported
    public List<String> getUsers() {
        return entry.users();
    }

    public String getPatternLabel() {
        return label(entry.pattern(), entry.patternId());
    }

    public String getDeploymentLabel() {
        return label(entry.deployment(), entry.deploymentId());
    }

    /** Which Jenkins build it was, as far as the current user may know. */
    public String getBuildText() {
        if (build == null) {
            return Messages.build_ofDeletedJob();
        }
        return entry.deleted() ? Messages.build_deleted(build.getFullDisplayName()) : build.getFullDisplayName();
    }

    /** Its address from the root of Jenkins on; null where there is none. */
    @CheckForNull
    public String getBuildPath() {
        return build == null ? null : build.getPath();
    }

    /** Why there is no record; null where there is one. */
    @CheckForNull
    public String getReason() {
        return entry.reason();
    }

    public long getTime() {
        return entry.deployedAt();
    }

    /** In the reader's language and the time zone of the controller. */
    public String getDateText() {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(LocaleProvider.getLocale())
                .withZone(ZoneId.systemDefault())
                .format(Instant.ofEpochMilli(entry.deployedAt()));
    }

    public Date getDate() {
        return new Date(entry.deployedAt());
    }

    /** Whether it was there already when this Jenkins learned of it, so that nobody knows since when. */
    public boolean isFound() {
        return List.of("ADOPTED", "SKIPPED").contains(entry.outcome());
    }

    /** The outcome in the reader's language. */
    public String getOutcomeText() {
        return RecordedDeployment.outcomeText(entry.outcome());
    }

    public String getIcon() {
        return switch (entry.outcome()) {
            case "FAILED" -> "symbol-status-red";
            case "UNKNOWN" -> "symbol-status-yellow";
            default -> "symbol-status-blue";
        };
    }

    /** Agent or group, as the job named it; empty where it named none. */
    public String getExecutor() {
        return Stream.of(entry.agent(), entry.agentGroup())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    public String getUsersText() {
        return String.join(", ", entry.users());
    }
}
