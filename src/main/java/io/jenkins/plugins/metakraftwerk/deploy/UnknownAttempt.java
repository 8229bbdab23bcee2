package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.BuildLocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A request that is about to be sent, or ended unknown.
 *
 * @param owner the run that did so
 * @param sender the run that sent it: mostly the owner, else the one that the owner waited for
 * @param build the id of the Jenkins build of the owner; null where it could not be read then
 * @param job the full name of its job now, null where that was deleted; with {@code number} where the build is
 * @param buildName what people called it then; null where its job was deleted
 * @param executor who was to carry it out, as it was typed; null where the server decides
 * @param baseline the highest id of the same deployment before it was sent
 * @param overtaken whether a request with the same executor has landed since, so that only its own build goes by it
 * @param until when it is forgotten, in milliseconds since 1970
 * @param adoptUntil as {@code until}: when another build no longer takes its record
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

    /** Afterwards a record is no longer taken for that of an attempt in another build. */
    static final Duration ADOPTED = Duration.ofDays(1);

    UnknownAttempt {
        sender = owner != null && owner.equals(sender) ? owner : sender;
        build = BoundedText.shorten(build);
        job = BoundedText.shared(job);
        buildName = BoundedText.shorten(buildName);
        executor = BoundedText.shared(executor);
    }

    /** What a run sends now, or has sent. */
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

    /** Whose name or id stands for who carries a request out. */
    static String executor(DeploymentRequest request) {
        if (request.namesAgent()) {
            return "agent " + request.agentLabel();
        }
        return request.namesAgentGroup() ? "group " + request.agentGroupLabel() : null;
    }

    /** The same for a run that waited for it, and ends as it did. */
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

    /** Whether a record was there before it was sent, as far as that is known. */
    boolean isFromBefore(long record) {
        return baseline != Long.MAX_VALUE && record <= baseline;
    }

    boolean hasExecutor(String other) {
        return Objects.equals(executor, other);
    }

    /** Whether it was made in the same Jenkins build. */
    boolean isOfBuildOf(RunIdentity who) {
        if (build != null) {
            return build.equals(who.build());
        }
        BuildLocation now = who.where().get();
        return job != null && job.equals(now.job()) && number == now.number();
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
