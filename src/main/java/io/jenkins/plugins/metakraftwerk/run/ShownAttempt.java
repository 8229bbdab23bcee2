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

/** Attempt as the pages and the remote API show it. */
@ExportedBean(defaultVisibility = 3)
@Restricted(NoExternalUse.class)
public class ShownAttempt {

    private final TargetKey key;
    private final AttemptRecord attempt;
    private final JenkinsBuild build;

    /** @param key the target under which it is listed */
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

    /** Returns the present name of the server. */
    @Exported
    public String getServer() {
        return ServerNames.now(attempt.server(), key.serverUrl());
    }

    /** Returns the address of the server; null if the current user may not know which job it was. */
    @Exported
    @CheckForNull
    public String getServerUrl() {
        return attempt.serverUrl();
    }

    /** Returns null if only the id is known. */
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

    /** Returns null if only the id is known. */
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

    /** Returns the name of the MetaKraftwerk build; null if it is not known. */
    @Exported
    @CheckForNull
    public String getBuildName() {
        return attempt.buildName();
    }

    /** Returns the id of the build deployment; null if there is no record. */
    @Exported
    @CheckForNull
    public Long getBuildDeploymentId() {
        return attempt.buildDeploymentId();
    }

    /** Returns the agent that the job named; null if it named none. */
    @Exported
    @CheckForNull
    public String getAgent() {
        return attempt.agentLabel();
    }

    /** Returns the agent group that the job named; null if it named none. */
    @Exported
    @CheckForNull
    public String getAgentGroup() {
        return attempt.agentGroupLabel();
    }

    /**
     * Returns {@code CREATED}, {@code ADOPTED} or {@code SKIPPED}; {@code FAILED} or {@code UNKNOWN} if there is no
     * record.
     */
    @Exported
    public String getOutcome() {
        return attempt.outcome();
    }

    /**
     * Returns the id of the credential; null if the current user may not know which job it was, or if none was lent to
     * it.
     */
    @Exported
    @CheckForNull
    public String getCredentialsId() {
        return attempt.credentialsId();
    }

    /** Tells who named the credential: {@code STEP}, {@code FOLDER} or {@code SERVER}; null if its id is null. */
    @Exported
    @CheckForNull
    public String getOrigin() {
        return attempt.origin();
    }

    /** Returns the time when this Jenkins learned the outcome, in UTC, as in ISO 8601. */
    @Exported
    public String getDeployedAt() {
        return instant().toString();
    }

    /** Returns the Jenkins build; null if the current user may not know it. */
    @Exported
    @CheckForNull
    public JenkinsBuild getJenkinsBuild() {
        return build;
    }

    /** Returns the ids of users who started the Jenkins build, or a build upstream of it. */
    @Exported
    public List<String> getUsers() {
        return attempt.users();
    }

    /** Returns all that is stored of the attempt; not for every reader of the rest. */
    final AttemptRecord attempt() {
        return attempt;
    }

    public final String getPatternLabel() {
        return attempt.patternLabel();
    }

    public final String getDeploymentLabel() {
        return attempt.deploymentLabel();
    }

    /** Returns the name of the Jenkins build, as far as the current user may know it. */
    public final String getBuildText() {
        if (build == null) {
            return Messages.build_ofDeletedJob();
        }
        return attempt.deleted() ? Messages.build_deleted(build.getFullDisplayName()) : build.getFullDisplayName();
    }

    /**
     * Returns an address that leads to the build, relative to the root of Jenkins; null if there is no build of its
     * number.
     */
    @CheckForNull
    public final String getBuildPath() {
        String path = build == null ? null : build.getPath();
        if (path == null) {
            return null;
        }
        String job = path.substring(0, path.length() - (attempt.number() + "/").length());
        return job + "metakraftwerk/build/" + attempt.number() + "-" + attempt.ownerHash() + "/";
    }

    /** Returns the reason why there is no record; null if there is one. */
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

    /** Returns the time in the reader's language and the time zone of the controller. */
    public final String getDateText() {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(LocaleProvider.getLocale())
                .withZone(ZoneId.systemDefault())
                .format(instant());
    }

    public final Date getDate() {
        return Date.from(instant());
    }

    /** Returns true if the record existed before this Jenkins learned of it, so that nobody knows since when. */
    public final boolean isFound() {
        return List.of("ADOPTED", "SKIPPED").contains(attempt.outcome());
    }

    /**
     * Returns the id of the user who settled the outcome; null if nobody did, or if the current user may not know it.
     */
    @Exported
    @CheckForNull
    public String getSaidBy() {
        return attempt.saidBy();
    }

    /**
     * Returns the hash that stands for the attempt in an address; null if the current user may not know which job it
     * was.
     */
    @CheckForNull
    public final String getHash() {
        return attempt.owner() == null ? null : attempt.ownerHash();
    }

    /** Returns the outcome in the reader's language. */
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

    /** Returns the agent or agent group that the job named; empty if it named none. */
    public final String getExecutor() {
        return Stream.of(attempt.agentLabel(), attempt.agentGroupLabel())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    public final String getUsersText() {
        return String.join(", ", attempt.users());
    }
}
