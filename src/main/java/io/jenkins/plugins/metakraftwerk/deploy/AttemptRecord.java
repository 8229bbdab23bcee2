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
 * One attempt of a Jenkins build to deploy: all that is kept and shown of it. Null is what does not apply, was not given or
 * is not known. Nothing of it is a secret.
 *
 * @param owner identifies the attempt, also after a restart
 * @param job the full name of the job, as it was called last
 * @param number of the Jenkins build
 * @param fullDisplayName of the Jenkins build, as it was then
 * @param users the ids of those who started it, or what started it
 * @param server the name of the server when the attempt began
 * @param serverUrl in its normal form
 * @param credentialsId null where none was lent to a job that did not name it
 * @param origin who named the credential: {@code STEP}, {@code FOLDER} or {@code SERVER}; null where that is
 * @param buildId of the MetaKraftwerk build
 * @param pattern its name; null where it was given by its id and no name is known
 * @param patternId likewise, and so with deployment, agent and group; of the last two, as the job named them
 * @param step the function name of the step or the symbol of the builder: the same in every language
 * @param buildName of the MetaKraftwerk build
 * @param record what the server has of it; null where the attempt failed or its outcome is unknown
 * @param outcome {@code CREATED}, {@code ADOPTED}, {@code SKIPPED}, {@code FAILED} or {@code UNKNOWN}, or what a newer
 *     version calls it; null before the end
 * @param reason why there is no record, as far as the attempt itself knows
 * @param noSuchTarget whether it failed because the server has no pattern or no deployment of that name
 * @param saidBy the id of who said how it ended, where that is a person's word; null where it is known
 * @param span when it sent and ended among all others; null before the end
 * @param time when this Jenkins learned the outcome, in milliseconds since 1970
 * @param deleted whether the job was deleted since
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

    // Thousands of attempts name the same few things.
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
        // A person gives none.
        reason = saidBy == null ? BoundedText.reason(reason) : null;
        saidBy = BoundedText.shared(saidBy);
    }

    /** Of an attempt whose outcome is not known yet. */
    public static AttemptRecord begun(
            RunIdentity.BuildLocation build,
            String owner,
            List<String> users,
            AttemptSource source,
            String serverUrl,
            DeploymentRequest asked) {
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
                asked.buildId(),
                name(asked.pattern()),
                asked.patternId(),
                name(asked.deployment()),
                asked.deploymentId(),
                name(asked.agent()),
                asked.agentId(),
                name(asked.agentGroup()),
                asked.agentGroupId(),
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

    /** The same attempt, which has a record. */
    public AttemptRecord ended(DeploymentResult result, LedgerSpan when, Instant now) {
        return ended(result.originName(), null, false, null, when, now, result.record(), result.buildName());
    }

    /** The same attempt, which has a record after all. */
    public AttemptRecord found(DeploymentResult result, LedgerSpan when, Instant now) {
        return ended(result, span == null ? null : span.until(when), now);
    }

    /**
     * The same attempt, which has none.
     *
     * @param unknown whether there may be one that nobody knows
     */
    public AttemptRecord failed(boolean unknown, String why, LedgerSpan when, Instant now) {
        return ended(unknown ? UNKNOWN : FAILED, why, false, null, when, now, null, null);
    }

    /** The same attempt, which failed because the server has no pattern or no deployment of that name. */
    public AttemptRecord ofNoSuchTarget(String why, LedgerSpan when, Instant now) {
        return ended(FAILED, why, true, null, when, now, null, null);
    }

    /**
     * The same attempt, of which a person says what became of it.
     *
     * @param recordId of its record; null where there is none
     */
    public AttemptRecord said(String user, Long recordId, LedgerSpan when, Instant now) {
        BuildDeployment there = recordId == null ? null : itsRecord(recordId);
        LedgerSpan whole = span == null ? null : span.until(when);
        return ended(there == null ? FAILED : ADOPTED, null, false, user, whole, now, there, buildName);
    }

    /** One with that id, as far as the attempt says what is in it. */
    BuildDeployment itsRecord(long id) {
        return new BuildDeployment(id, buildId, patternId, deploymentId, null, agentId, agentGroupId);
    }

    private AttemptRecord ended(
            String how,
            String why,
            boolean ofNoSuchTarget,
            String user,
            LedgerSpan when,
            Instant now,
            BuildDeployment found,
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
                found == null ? patternId : known(found.patternId(), patternId),
                deployment,
                found == null ? deploymentId : known(found.deploymentId(), deploymentId),
                agent,
                agentId,
                agentGroup,
                agentGroupId,
                step,
                nameOfBuild,
                found,
                how,
                why,
                ofNoSuchTarget,
                user,
                when,
                now.toEpochMilli(),
                deleted);
    }

    private static <T> T known(T first, T second) {
        return first == null ? second : first;
    }

    /** Empty where the line is no attempt that has ended. */
    public static Optional<AttemptRecord> read(String line) {
        return JsonLine.read(line, AttemptRecord.class).filter(AttemptRecord::whole);
    }

    /** Whether it can be shown: not where somebody else has written it. */
    public boolean whole() {
        return owner != null && outcome != null;
    }

    /** Stands for the owner in an address, where that would say where the job was once. */
    public String ownerHash() {
        return BoundedText.hash(owner);
    }

    /** What it is called, or else its id. */
    public String patternLabel() {
        return String.valueOf(label(pattern, patternId));
    }

    public String deploymentLabel() {
        return String.valueOf(label(deployment, deploymentId));
    }

    /** The agent that the job named; null where it named none. */
    public String agentLabel() {
        return label(agent, agentId);
    }

    public String agentGroupLabel() {
        return label(agentGroup, agentGroupId);
    }

    private static String label(String name, Long id) {
        return name == null && id != null ? "#" + id : name;
    }

    /** The same attempt with names for what it knows by an id only. */
    public AttemptRecord named(String patternName, String deploymentName) {
        return with(
                known(pattern, patternName),
                patternId,
                known(deployment, deploymentName),
                deploymentId,
                job,
                fullDisplayName,
                deleted);
    }

    /** The same attempt with ids for what it knows by a name only. */
    public AttemptRecord withIds(Long ofPattern, Long ofDeployment) {
        return with(
                pattern,
                known(patternId, ofPattern),
                deployment,
                known(deploymentId, ofDeployment),
                job,
                fullDisplayName,
                deleted);
    }

    /** The same attempt of a job that is called so now. */
    public AttemptRecord withJob(String fullName) {
        return with(
                pattern, patternId, deployment, deploymentId, BoundedText.shorten(fullName), fullDisplayName, deleted);
    }

    /** @param name what the Jenkins build is called where its job was last */
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

    /** Where it names the job, as that is called now: who may read it there need not know where it was. */
    private String reason(String newJob) {
        return reason == null || job == null || newJob == null
                ? reason
                : reason.replace("'" + job + "'", "'" + newJob + "'").replace("„" + job + "“", "„" + newJob + "“");
    }

    /**
     * The same attempt without what tells of which job it was, and who started it with what: what is deployed, but not by
     * whom.
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
