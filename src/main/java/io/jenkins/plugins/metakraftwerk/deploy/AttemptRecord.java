package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.CamelCase;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One attempt of a Jenkins build to deploy, as it is kept and shown. A value is null if it does not apply, was not
 * given or is not known. No value is a secret.
 *
 * @param owner identifies the attempt, also after a restart
 * @param job the last known full name of the job
 * @param number the number of the Jenkins build
 * @param fullDisplayName the display name of the Jenkins build, as it was then
 * @param users the ids of the users who started the Jenkins build, or the cause that started it
 * @param server the name of the server when the attempt began
 * @param serverUrl in its normal form
 * @param credentialsId null if the job did not name it and none was lent to it
 * @param origin who named the credential: {@code STEP}, {@code FOLDER} or {@code SERVER}; null if {@code credentialsId}
 *     is null
 * @param buildId the id of the MetaKraftwerk build
 * @param pattern its name; null if the job gave an id and no name is known
 * @param patternId its id; null if the job gave a name and no id is known. The same holds for deployment, agent and
 *     agent group; agent and agent group stay as the job named them
 * @param step the function name of the step or the symbol of the builder: the same in every language
 * @param buildName the name of the MetaKraftwerk build
 * @param record the record on the server; null if the attempt failed or its outcome is unknown
 * @param outcome {@code CREATED}, {@code ADOPTED}, {@code SKIPPED}, {@code FAILED} or {@code UNKNOWN}, or the name of
 *     an outcome that only a newer version knows; null before the end
 * @param reason why there is no record, as far as the attempt itself knows
 * @param noSuchTarget true if it failed because the server has no pattern or no deployment of that name
 * @param saidBy the id of the user who stated the end; null if the end was found out without a person
 * @param span the place of its sending and of its end among all attempts; null before the end
 * @param time when this Jenkins learned the outcome, in milliseconds since 1970
 * @param deleted true if the job was deleted since
 */
@CamelCase
public record AttemptRecord(
        String owner,
        String job,
        int number,
        String fullDisplayName,
        List<String> users,
        String server,
        String serverUrl,
        String credentialsId,
        String origin,
        Long buildId,
        String pattern,
        Long patternId,
        String deployment,
        Long deploymentId,
        String agent,
        Long agentId,
        String agentGroup,
        Long agentGroupId,
        String step,
        String buildName,
        BuildDeployment record,
        String outcome,
        String reason,
        boolean noSuchTarget,
        String saidBy,
        LedgerSpan span,
        long time,
        boolean deleted)
        implements AttemptEnd {

    // Thousands of attempts name the same few things, so equal texts are shared.
    public AttemptRecord {
        job = BoundedText.shared(job);
        fullDisplayName = BoundedText.shorten(fullDisplayName);
        users = users == null
                ? List.of()
                : BoundedText.names(users).stream().map(String::intern).toList();
        server = BoundedText.shared(server);
        serverUrl = BoundedText.shared(serverUrl);
        credentialsId = BoundedText.shared(credentialsId);
        origin = BoundedText.shared(origin);
        pattern = BoundedText.shared(pattern);
        deployment = BoundedText.shared(deployment);
        agent = BoundedText.shared(agent);
        agentGroup = BoundedText.shared(agentGroup);
        step = BoundedText.shared(step);
        buildName = BoundedText.shared(buildName);
        outcome = BoundedText.shared(outcome);
        // The statement of a person has no reason.
        reason = saidBy == null ? BoundedText.reason(reason) : null;
        saidBy = BoundedText.shared(saidBy);
    }

    /** Creates the record of an attempt that has just begun. */
    public static AttemptRecord begun(
            RunIdentity.BuildLocation build,
            String owner,
            List<String> users,
            AttemptSource source,
            String serverUrl,
            DeploymentRequest request) {
        return new AttemptRecord(
                owner,
                build.job(),
                build.number(),
                build.buildName(),
                users,
                source.server(),
                serverUrl,
                source.credentialsId(),
                source.credentialOrigin(),
                request.buildId(),
                name(request.pattern()),
                request.patternId(),
                name(request.deployment()),
                request.deploymentId(),
                name(request.agent()),
                request.agentId(),
                name(request.agentGroup()),
                request.agentGroupId(),
                source.step(),
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                0,
                false);
    }

    private static String name(String raw) {
        return raw == null ? null : BoundedText.name(raw);
    }

    /** Returns the attempt with the record that it ended with. */
    public AttemptRecord ended(DeploymentResult result, LedgerSpan when, Instant now) {
        return ended(result.originName(), null, false, null, when, now, result.record(), result.buildName());
    }

    /** Returns the attempt with a record that was found after it had ended. */
    public AttemptRecord found(DeploymentResult result, LedgerSpan when, Instant now) {
        return ended(result, span == null ? null : span.until(when), now);
    }

    /**
     * Returns the attempt without a record.
     *
     * @param unknown true if the server may have a record that nobody knows
     */
    public AttemptRecord failed(boolean unknown, String newReason, LedgerSpan when, Instant now) {
        return ended(unknown ? UNKNOWN : FAILED, newReason, false, null, when, now, null, null);
    }

    /** Returns the attempt as failed because the server has no pattern or no deployment of that name. */
    public AttemptRecord ofNoSuchTarget(String newReason, LedgerSpan when, Instant now) {
        return ended(FAILED, newReason, true, null, when, now, null, null);
    }

    /**
     * Returns the attempt with the end that a person states.
     *
     * @param recordId the id of its record; null if there is none
     */
    public AttemptRecord said(String user, Long recordId, LedgerSpan when, Instant now) {
        BuildDeployment statedRecord = recordId == null ? null : itsRecord(recordId);
        LedgerSpan wholeSpan = span == null ? null : span.until(when);
        return ended(
                statedRecord == null ? FAILED : ADOPTED, null, false, user, wholeSpan, now, statedRecord, buildName);
    }

    /** Returns a record with that id and the ids that the attempt knows. */
    BuildDeployment itsRecord(long id) {
        return new BuildDeployment(id, buildId, patternId, deploymentId, null, agentId, agentGroupId);
    }

    private AttemptRecord ended(
            String newOutcome,
            String newReason,
            boolean ofNoSuchTarget,
            String user,
            LedgerSpan when,
            Instant now,
            BuildDeployment foundRecord,
            String nameOfBuild) {
        return new AttemptRecord(
                owner,
                job,
                number,
                fullDisplayName,
                users,
                server,
                serverUrl,
                credentialsId,
                origin,
                buildId,
                pattern,
                foundRecord == null ? patternId : firstKnown(foundRecord.patternId(), patternId),
                deployment,
                foundRecord == null ? deploymentId : firstKnown(foundRecord.deploymentId(), deploymentId),
                agent,
                agentId,
                agentGroup,
                agentGroupId,
                step,
                nameOfBuild,
                foundRecord,
                newOutcome,
                newReason,
                ofNoSuchTarget,
                user,
                when,
                now.toEpochMilli(),
                deleted);
    }

    private static <T> T firstKnown(T first, T second) {
        return first == null ? second : first;
    }

    /** Parses a line; empty if it is no attempt that has ended. */
    public static Optional<AttemptRecord> read(String line) {
        return JsonLine.read(line, AttemptRecord.class).filter(AttemptRecord::whole);
    }

    /** Returns true if owner and outcome are there. A line that other programs have written may lack them. */
    public boolean whole() {
        return owner != null && outcome != null;
    }

    /** Returns a text that identifies the attempt in a URL. The owner itself would show where the job was once. */
    public String ownerHash() {
        return BoundedText.hash(owner);
    }

    /** Returns the name, or {@code #} and the id if no name is known. */
    public String patternLabel() {
        return String.valueOf(label(pattern, patternId));
    }

    public String deploymentLabel() {
        return String.valueOf(label(deployment, deploymentId));
    }

    /** Returns the name or id of the agent that the job named; null if it named none. */
    public String agentLabel() {
        return label(agent, agentId);
    }

    public String agentGroupLabel() {
        return label(agentGroup, agentGroupId);
    }

    private static String label(String name, Long id) {
        return name == null && id != null ? "#" + id : name;
    }

    /** Returns the attempt with names where it knows an id only. */
    public AttemptRecord named(String patternName, String deploymentName) {
        return with(
                firstKnown(pattern, patternName),
                patternId,
                firstKnown(deployment, deploymentName),
                deploymentId,
                job,
                fullDisplayName,
                deleted);
    }

    /** Returns the attempt with ids where it knows a name only. */
    public AttemptRecord withIds(Long ofPattern, Long ofDeployment) {
        return with(
                pattern,
                firstKnown(patternId, ofPattern),
                deployment,
                firstKnown(deploymentId, ofDeployment),
                job,
                fullDisplayName,
                deleted);
    }

    /** Returns the attempt with the new full name of its job. */
    public AttemptRecord withJob(String fullName) {
        return with(
                pattern, patternId, deployment, deploymentId, BoundedText.shorten(fullName), fullDisplayName, deleted);
    }

    /** @param name the display name of the Jenkins build, where its job was last */
    public AttemptRecord ofDeleted(String fullName, String name) {
        return with(pattern, patternId, deployment, deploymentId, BoundedText.shorten(fullName), name, true);
    }

    private AttemptRecord with(
            String newPattern,
            Long newPatternId,
            String newDeployment,
            Long newDeploymentId,
            String newJob,
            String newFullDisplayName,
            boolean newDeleted) {
        boolean nothingNew = Objects.equals(pattern, newPattern)
                && Objects.equals(patternId, newPatternId)
                && Objects.equals(deployment, newDeployment)
                && Objects.equals(deploymentId, newDeploymentId)
                && Objects.equals(job, newJob)
                && deleted == newDeleted;
        return nothingNew
                ? this
                : new AttemptRecord(
                        owner,
                        newJob,
                        number,
                        newFullDisplayName,
                        users,
                        server,
                        serverUrl,
                        credentialsId,
                        origin,
                        buildId,
                        newPattern,
                        newPatternId,
                        newDeployment,
                        newDeploymentId,
                        agent,
                        agentId,
                        agentGroup,
                        agentGroupId,
                        step,
                        buildName,
                        record,
                        outcome,
                        reason(newJob),
                        noSuchTarget,
                        saidBy,
                        span,
                        time,
                        newDeleted);
    }

    /**
     * Replaces the name of the job in the reason. People who may read the job at its new place need not know the old
     * one.
     */
    private String reason(String newJob) {
        return reason == null || job == null || newJob == null
                ? reason
                : reason.replace("'" + job + "'", "'" + newJob + "'").replace("„" + job + "“", "„" + newJob + "“");
    }

    /**
     * Returns the attempt without its job, its users and its credential: it shows the deployment, but not who deployed.
     */
    public AttemptRecord ofSomeJob() {
        return new AttemptRecord(
                null,
                null,
                0,
                null,
                null,
                server,
                null,
                null,
                null,
                buildId,
                pattern,
                patternId,
                deployment,
                deploymentId,
                agent,
                agentId,
                agentGroup,
                agentGroupId,
                null,
                buildName,
                record,
                outcome,
                null,
                false,
                null,
                span,
                time,
                deleted);
    }
}
