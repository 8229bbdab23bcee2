package io.jenkins.plugins.metakraftwerk.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.client.Bounded;
import io.jenkins.plugins.metakraftwerk.run.JenkinsBuild;
import java.util.List;

/**
 * How one attempt to deploy ended; null where it does not apply or is not known. One line of a job's history. Nothing of it
 * is a secret.
 *
 * @param owner identifies the run that made the attempt, and is the same when it is told again
 * @param server the name of the server when the attempt was made
 * @param serverUrl in its normal form; null where {@code job} is
 * @param pattern its name; null where it was given by its id and no name is known
 * @param deployment likewise
 * @param outcome {@code CREATED}, {@code ADOPTED}, {@code SKIPPED}, {@code FAILED} or {@code UNKNOWN}
 * @param reason why there is no record
 * @param credentialsId null where {@code job} is, and where none was lent to a job that did not name it
 * @param origin who named the credential: {@code STEP}, {@code FOLDER} or {@code SERVER}; null where that is
 * @param deployedAt when this Jenkins learned it, in milliseconds since 1970
 * @param job the full name of the job; null where the reader may not know which it was
 * @param fullDisplayName of the Jenkins build, as it was then; null where {@code job} is
 * @param users the ids of those who started the Jenkins build
 * @param deleted whether the job was deleted
 */
@JsonNaming(LowerCamelCaseStrategy.class)
public record HistoryEntry(
        String owner,
        String server,
        String serverUrl,
        String pattern,
        Long patternId,
        String deployment,
        Long deploymentId,
        Long buildId,
        String buildName,
        Long buildDeploymentId,
        String agent,
        String agentGroup,
        String outcome,
        String reason,
        String credentialsId,
        String origin,
        long deployedAt,
        String job,
        int number,
        String fullDisplayName,
        List<String> users,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean deleted) {

    // Thousands of entries name the same few things.
    public HistoryEntry {
        server = one(server);
        serverUrl = one(serverUrl);
        pattern = one(pattern);
        deployment = one(deployment);
        buildName = one(buildName);
        agent = one(agent);
        agentGroup = one(agentGroup);
        outcome = one(outcome);
        credentialsId = one(credentialsId);
        origin = one(origin);
        job = one(job);
        reason = Bounded.reason(reason);
        fullDisplayName = Bounded.of(fullDisplayName);
        users = users == null
                ? List.of()
                : Bounded.names(users).stream().map(String::intern).toList();
    }

    private static String one(String text) {
        return text == null ? null : Bounded.of(text).intern();
    }

    /** Whether something is there that this attempt brought or found: an attempt with a record. */
    public boolean landed() {
        return buildDeploymentId != null;
    }

    public boolean unknown() {
        return "UNKNOWN".equals(outcome);
    }

    /** The Jenkins build that made the attempt; null where the reader may not know which it was. */
    @CheckForNull
    public JenkinsBuild jenkinsBuild() {
        if (job == null) {
            return null;
        }
        // A job of that name may be another one by now.
        return deleted ? JenkinsBuild.gone(fullDisplayName) : JenkinsBuild.of(job, number, fullDisplayName);
    }

    /** The same attempt with names for what it knows by an id only. */
    HistoryEntry named(String patternName, String deploymentName) {
        return known(patternName, null, deploymentName, null);
    }

    /** The same attempt with ids for what it knows by a name only. */
    HistoryEntry withIds(Long ofPattern, Long ofDeployment) {
        return known(null, ofPattern, null, ofDeployment);
    }

    /** With what it does not know by itself. */
    private HistoryEntry known(String patternName, Long ofPattern, String deploymentName, Long ofDeployment) {
        boolean nothingNew = (pattern != null || patternName == null)
                && (patternId != null || ofPattern == null)
                && (deployment != null || deploymentName == null)
                && (deploymentId != null || ofDeployment == null);
        return nothingNew
                ? this
                : with(
                        pattern == null ? patternName : pattern,
                        patternId == null ? ofPattern : patternId,
                        deployment == null ? deploymentName : deployment,
                        deploymentId == null ? ofDeployment : deploymentId,
                        job,
                        fullDisplayName,
                        deleted);
    }

    /** The same attempt of a job that is called so now. */
    HistoryEntry of(String fullName) {
        return Bounded.of(fullName).equals(job)
                ? this
                : with(pattern, patternId, deployment, deploymentId, fullName, fullDisplayName, deleted);
    }

    /** @param name what the Jenkins build is called where its job was last */
    HistoryEntry ofDeleted(String fullName, String name) {
        return with(pattern, patternId, deployment, deploymentId, fullName, name, true);
    }

    private HistoryEntry with(
            String newPattern,
            Long newPatternId,
            String newDeployment,
            Long newDeploymentId,
            String newJob,
            String newFullDisplayName,
            boolean newDeleted) {
        return new HistoryEntry(
                owner,
                server,
                serverUrl,
                newPattern,
                newPatternId,
                newDeployment,
                newDeploymentId,
                buildId,
                buildName,
                buildDeploymentId,
                agent,
                agentGroup,
                outcome,
                reason(newJob),
                credentialsId,
                origin,
                deployedAt,
                newJob,
                number,
                newFullDisplayName,
                users,
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
    HistoryEntry ofSomeJob() {
        return new HistoryEntry(
                null,
                server,
                null,
                pattern,
                patternId,
                deployment,
                deploymentId,
                buildId,
                buildName,
                buildDeploymentId,
                agent,
                agentGroup,
                outcome,
                null,
                null,
                null,
                deployedAt,
                null,
                0,
                null,
                List.of(),
                deleted);
    }
}
