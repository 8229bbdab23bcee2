package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import io.jenkins.plugins.metakraftwerk.server.ServerNames;
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
public class ShownAttempt {

    private final TargetKey key;
    private final AttemptRecord attempt;
    private final JenkinsBuild build;

    /** @param key what it is filed under */
    public ShownAttempt(TargetKey key, AttemptRecord attempt) {
        this(key, attempt, JenkinsBuild.forAttempt(attempt));
    }

    ShownAttempt(TargetKey key, AttemptRecord attempt, @CheckForNull JenkinsBuild build) {
        this.key = key;
        this.attempt = attempt;
        this.build = build;
    }

    @Exported
    public String getKey() {
        return key.toString();
    }

    /** What it is called today. */
    @Exported
    public String getServer() {
        return ServerNames.now(attempt.server(), key.serverUrl());
    }

    /** Null where the current user may not know which job it was. */
    @Exported
    @CheckForNull
    public String getServerUrl() {
        return attempt.serverUrl();
    }

    /** Null where only the id is known. */
    @Exported
    @CheckForNull
    public String getPattern() {
        return attempt.pattern();
    }

    @Exported
    @CheckForNull
    public Long getPatternId() {
        return attempt.patternId();
    }

    /** Null where only the id is known. */
    @Exported
    @CheckForNull
    public String getDeployment() {
        return attempt.deployment();
    }

    @Exported
    @CheckForNull
    public Long getDeploymentId() {
        return attempt.deploymentId();
    }

    @Exported
    public Long getBuildId() {
        return attempt.buildId();
    }

    /** The name of the MetaKraftwerk build, or null where it is not known. */
    @Exported
    @CheckForNull
    public String getBuildName() {
        return attempt.buildName();
    }

    /** Null where there is no record. */
    @Exported
    @CheckForNull
    public Long getBuildDeploymentId() {
        return attempt.buildDeploymentId();
    }

    /** The agent that the job named, or null. */
    @Exported
    @CheckForNull
    public String getAgent() {
        return attempt.agentLabel();
    }

    /** The agent group that the job named, or null. */
    @Exported
    @CheckForNull
    public String getAgentGroup() {
        return attempt.agentGroupLabel();
    }

    /** {@code CREATED}, {@code ADOPTED} or {@code SKIPPED}; {@code FAILED} or {@code UNKNOWN} where there is no record. */
    @Exported
    public String getOutcome() {
        return attempt.outcome();
    }

    /** Null where the current user may not know which job it was, and where none was lent to it. */
    @Exported
    @CheckForNull
    public String getCredentialsId() {
        return attempt.credentialsId();
    }

    /** Who names the credential: {@code STEP}, {@code FOLDER} or {@code SERVER}; null where its id is. */
    @Exported
    @CheckForNull
    public String getOrigin() {
        return attempt.origin();
    }

    /** When this Jenkins learned it, in UTC, as in ISO 8601. */
    @Exported
    public String getDeployedAt() {
        return instant().toString();
    }

    /** Null where the current user may not know it. */
    @Exported
    @CheckForNull
    public JenkinsBuild getJenkinsBuild() {
        return build;
    }

    /** Ids of those who started the Jenkins build, or what started it. */
    @Exported
    public List<String> getUsers() {
        return attempt.users();
    }

    /** The record, as far as there is one; not for all who see the rest. */
    final AttemptRecord attempt() {
        return attempt;
    }

    public final String getPatternLabel() {
        return attempt.patternLabel();
    }

    public final String getDeploymentLabel() {
        return attempt.deploymentLabel();
    }

    /** Which Jenkins build it was, as far as the current user may know. */
    public final String getBuildText() {
        if (build == null) {
            return Messages.build_ofDeletedJob();
        }
        return attempt.deleted() ? Messages.build_deleted(build.getFullDisplayName()) : build.getFullDisplayName();
    }

    /** What leads to it, from the root of Jenkins on; null where there is no build of its number. */
    @CheckForNull
    public final String getBuildPath() {
        String path = build == null ? null : build.getPath();
        if (path == null) {
            return null;
        }
        String job = path.substring(0, path.length() - (attempt.number() + "/").length());
        return job + "metakraftwerk/build/" + attempt.number() + "-" + attempt.ownerHash() + "/";
    }

    /** Why there is no record; null where there is one. */
    @CheckForNull
    public String getReason() {
        return attempt.reason();
    }

    public long getTime() {
        return attempt.time();
    }

    private Instant instant() {
        return Instant.ofEpochMilli(attempt.time());
    }

    /** In the reader's language and the time zone of the controller. */
    public final String getDateText() {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(LocaleProvider.getLocale())
                .withZone(ZoneId.systemDefault())
                .format(instant());
    }

    public final Date getDate() {
        return Date.from(instant());
    }

    /** Whether it was there already when this Jenkins learned of it, so that nobody knows since when. */
    public final boolean isFound() {
        return List.of("ADOPTED", "SKIPPED").contains(attempt.outcome());
    }

    /** The id of who said what the outcome is; null where it is known, and where the current user may not know it. */
    @Exported
    @CheckForNull
    public String getSaidBy() {
        return attempt.saidBy();
    }

    /** What stands for it in an address; null where the current user may not know which job it was. */
    @CheckForNull
    public final String getHash() {
        return attempt.owner() == null ? null : attempt.ownerHash();
    }

    /** The outcome in the reader's language. */
    public final String getOutcomeText() {
        if (attempt.saidBy() != null) {
            return attempt.landed()
                    ? Messages.outcome_saidThere(attempt.saidBy())
                    : Messages.outcome_saidNotThere(attempt.saidBy());
        }
        return switch (attempt.outcome()) {
            case "CREATED" -> Messages.outcome_created();
            case "ADOPTED" -> Messages.outcome_adopted();
            case "SKIPPED" -> Messages.outcome_skipped();
            case "FAILED" -> Messages.outcome_failed();
            case "UNKNOWN" -> Messages.outcome_unknown();
            default -> attempt.outcome();
        };
    }

    public final String getIcon() {
        return switch (attempt.outcome()) {
            case "FAILED" -> "symbol-status-red";
            case "UNKNOWN" -> "symbol-status-yellow";
            default -> "symbol-status-blue";
        };
    }

    /** Agent or group, as the job named it; empty where it named none. */
    public final String getExecutor() {
        return Stream.of(attempt.agentLabel(), attempt.agentGroupLabel())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    public final String getUsersText() {
        return String.join(", ", attempt.users());
    }
}
