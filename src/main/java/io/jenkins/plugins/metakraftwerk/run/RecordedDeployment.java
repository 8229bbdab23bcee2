package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.Bounded;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import java.util.Date;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What a build remembers of one attempt to deploy, also of one that left no record. Nothing of it is a secret; names are
 * as the job gave them, cleaned.
 */
@ExportedBean(defaultVisibility = 3)
@Restricted(NoExternalUse.class)
public final class RecordedDeployment {

    private static final String FAILED = "FAILED";
    private static final String SKIPPED = "SKIPPED";
    private static final String UNKNOWN = "UNKNOWN";

    private final AskedDeployment asked;

    /** A text, since a newer version of this plugin may have stored one that is not known here. */
    private final String outcome;

    private final String reason;
    private final long time;

    /** Of the record; all of them null where there is none. */
    private final Long id;

    private final Long buildId;
    private final Long patternId;
    private final Long deploymentId;
    private final Long uploadId;
    private final Long agentId;
    private final Long agentGroupId;

    /** Null where it was not read. */
    private final String buildName;

    private RecordedDeployment(
            AskedDeployment asked, String outcome, String reason, Date time, BuildDeployment record, String buildName) {
        this.buildName = Bounded.of(buildName);
        this.asked = asked;
        this.outcome = outcome;
        this.reason = Bounded.reason(reason);
        this.time = time.getTime();
        boolean none = record == null;
        id = none ? null : record.id();
        buildId = none ? null : record.buildId();
        patternId = none ? null : record.patternId();
        deploymentId = none ? null : record.deploymentId();
        uploadId = none ? null : record.uploadId();
        agentId = none ? null : record.agentId();
        agentGroupId = none ? null : record.agentGroupId();
    }

    public static RecordedDeployment with(AskedDeployment asked, DeploymentResult result, Date time) {
        return new RecordedDeployment(asked, result.originName(), null, time, result.record(), result.buildName());
    }

    /**
     * An attempt without a record.
     *
     * @param unknown whether there may be one that nobody knows
     */
    public static RecordedDeployment without(AskedDeployment asked, boolean unknown, String reason, Date time) {
        return new RecordedDeployment(asked, unknown ? UNKNOWN : FAILED, reason, time, null, null);
    }

    /** The same attempt, whose record has turned up. */
    RecordedDeployment found(DeploymentResult result, Date now) {
        return with(asked, result, now);
    }

    /** Notes what became of this attempt later. */
    void audit(String event, Run<?, ?> run, Long record) {
        AuditLog.get().add(AuditLine.of(event, run, asked, record, null));
    }

    /** Whether it can be shown: not where a stored file was written by hand, or by whatever version. */
    boolean isWhole() {
        return asked != null && asked.owner != null && outcome != null;
    }

    String owner() {
        return asked.owner;
    }

    AskedDeployment asked() {
        return asked;
    }

    @CheckForNull
    BuildDeployment record() {
        return id == null
                ? null
                : new BuildDeployment(id, buildId, patternId, deploymentId, uploadId, agentId, agentGroupId);
    }

    boolean isUnknown() {
        return UNKNOWN.equals(outcome);
    }

    /** Whether it is certain that nothing came of it on the server. */
    boolean hasChangedNothing() {
        return FAILED.equals(outcome) || SKIPPED.equals(outcome);
    }

    /** {@code CREATED}, {@code ADOPTED} or {@code SKIPPED}; {@code FAILED} or {@code UNKNOWN} where there is no record. */
    @Exported
    public String getOutcome() {
        return outcome;
    }

    /** Why there is no record, or null where there is one. */
    @Exported
    @CheckForNull
    public String getReason() {
        return reason;
    }

    /** The id of the build deployment, or null where there is none. */
    @Exported
    @CheckForNull
    public Long getId() {
        return id;
    }

    @Exported
    public long getBuildId() {
        return id == null ? asked.buildId : buildId;
    }

    /** The name of the MetaKraftwerk build, or null where it is not known. */
    @Exported
    @CheckForNull
    public String getBuildName() {
        return buildName;
    }

    @Exported
    public String getPattern() {
        return asked.pattern;
    }

    @Exported
    @CheckForNull
    public Long getPatternId() {
        return id == null ? asked.patternId : patternId;
    }

    @Exported
    public String getDeployment() {
        return asked.deployment;
    }

    @Exported
    @CheckForNull
    public Long getDeploymentId() {
        return id == null ? asked.deploymentId : deploymentId;
    }

    /** The agent that the job named, or null. */
    @Exported
    @CheckForNull
    public String getAgent() {
        return asked.agent;
    }

    /** The agent group that the job named, or null. */
    @Exported
    @CheckForNull
    public String getAgentGroup() {
        return asked.agentGroup;
    }

    @Exported
    @CheckForNull
    public Long getAgentId() {
        return id == null ? asked.agentId : agentId;
    }

    @Exported
    @CheckForNull
    public Long getAgentGroupId() {
        return id == null ? asked.agentGroupId : agentGroupId;
    }

    @Exported
    public String getServer() {
        return asked.server;
    }

    @Exported
    public String getServerUrl() {
        return asked.serverUrl;
    }

    /** Null where none was lent to a job that did not name it. */
    @Exported
    @CheckForNull
    public String getCredentialsId() {
        return asked.credentialsId;
    }

    /** Who names the credential: {@code STEP}, {@code FOLDER} or {@code SERVER}; null where that is. */
    @Exported
    @CheckForNull
    public String getOrigin() {
        return asked.credentialOrigin;
    }

    /** When the outcome was known, in milliseconds since 1970. */
    @Exported
    public long getTime() {
        return time;
    }

    public Date getDate() {
        return new Date(time);
    }

    @Exported
    public String getStep() {
        return asked.step;
    }

    /** Which credential was used, and who names it, in the reader's language. */
    public String getCredentialText() {
        if (asked.credentialsId == null) {
            return Messages.credential_notLent();
        }
        return switch (String.valueOf(asked.credentialOrigin)) {
            case "STEP" -> Messages.credential_ofStep(asked.credentialsId);
            case "FOLDER" -> Messages.credential_ofFolder(asked.credentialsId);
            case "SERVER" -> Messages.credential_ofServer(asked.credentialsId);
            default -> asked.credentialsId;
        };
    }

    /** The outcome in the reader's language. */
    public String getOutcomeText() {
        return outcomeText(outcome);
    }

    /** An outcome in the reader's language. */
    public static String outcomeText(String outcome) {
        return switch (outcome) {
            case "CREATED" -> Messages.outcome_created();
            case "ADOPTED" -> Messages.outcome_adopted();
            case SKIPPED -> Messages.outcome_skipped();
            case FAILED -> Messages.outcome_failed();
            case UNKNOWN -> Messages.outcome_unknown();
            default -> outcome;
        };
    }
}
