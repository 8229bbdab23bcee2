package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.BuildLocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Request that is about to be sent, or that ended unknown.
 *
 * @param owner the run that made the note
 * @param sender the run that sent it: mostly the owner, otherwise the run that the owner waited for
 * @param build the id of the owner's Jenkins build; null if it could not be read then
 * @param job the present full name of its job; null if the job was deleted
 * @param number the number of the Jenkins build in its job
 * @param buildName the display name of the Jenkins build then; null if its job was deleted
 * @param executor the agent or agent group, as it was typed; null if the server decides
 * @param baseline the highest id of the same deployment before it was sent
 * @param overtaken true if a request with the same executor has landed since; then the attempt matters only to its own
 *     Jenkins build
 * @param until time when it is forgotten, in milliseconds since 1970
 * @param adoptUntil time until which another Jenkins build may take its record, in milliseconds since 1970
 */
record UnknownAttempt(
        RequestKey key,
        String owner,
        String sender,
        String build,
        String job,
        int number,
        String buildName,
        String executor,
        long baseline,
        boolean overtaken,
        long until,
        long adoptUntil) {

    static final Duration KEPT = Duration.ofDays(30);

    /** Time in which another Jenkins build may take the record of an attempt. */
    static final Duration ADOPTED = Duration.ofDays(1);

    UnknownAttempt {
        sender = owner != null && owner.equals(sender) ? owner : sender;
        build = BoundedText.shorten(build);
        job = BoundedText.shared(job);
        buildName = BoundedText.shorten(buildName);
        executor = BoundedText.shared(executor);
    }

    /** Creates the note of a request that a run sends now or has sent. */
    static UnknownAttempt forRequest(RequestKey key, String executor, RunIdentity who, long baseline, Instant now) {
        BuildLocation place = who.where().get();
        return new UnknownAttempt(
                key,
                who.owner(),
                who.owner(),
                who.build(),
                place.job(),
                place.number(),
                place.buildName(),
                executor,
                baseline,
                false,
                now.plus(KEPT).toEpochMilli(),
                now.plus(ADOPTED).toEpochMilli());
    }

    /** Returns the agent or agent group that carries a request out, as one text; null if the request names none. */
    static String executor(DeploymentRequest request) {
        if (request.namesAgent()) {
            return "agent " + request.agentLabel();
        }
        return request.namesAgentGroup() ? "group " + request.agentGroupLabel() : null;
    }

    /** Returns the attempt for a run that waited for it and ends unknown too. */
    UnknownAttempt followedBy(RunIdentity who, Instant now) {
        UnknownAttempt own = forRequest(key, executor, who, baseline, now);
        return own.sentBy(sender);
    }

    private UnknownAttempt sentBy(String other) {
        return new UnknownAttempt(
                key, owner, other, build, job, number, buildName, executor, baseline, overtaken, until, adoptUntil);
    }

    boolean isWhole() {
        return key != null && key.server() != null && owner != null && sender != null && (build != null || job != null);
    }

    boolean isOf(String run) {
        return owner.equals(run) || sender.equals(run);
    }

    /** Returns true if the record is known to have existed before the request was sent. */
    boolean isFromBefore(long record) {
        return baseline != Long.MAX_VALUE && record <= baseline;
    }

    boolean hasExecutor(String other) {
        return Objects.equals(executor, other);
    }

    /** Returns true if both belong to the same Jenkins build. */
    boolean isOfBuildOf(RunIdentity who) {
        if (build != null) {
            return build.equals(who.build());
        }
        BuildLocation present = who.where().get();
        return job != null && job.equals(present.job()) && number == present.number();
    }

    BuildLocation place() {
        return new BuildLocation(job, number, buildName);
    }

    UnknownAttempt in(String newJob) {
        return new UnknownAttempt(
                key,
                owner,
                sender,
                build,
                newJob,
                number,
                newJob == null ? null : buildName,
                executor,
                baseline,
                overtaken,
                until,
                adoptUntil);
    }

    UnknownAttempt overtakenNow() {
        return new UnknownAttempt(
                key, owner, sender, build, job, number, buildName, executor, baseline, true, until, adoptUntil);
    }
}
