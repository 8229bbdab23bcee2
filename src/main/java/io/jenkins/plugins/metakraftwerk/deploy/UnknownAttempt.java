package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Bounded;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.Place;

/**
 * A request that ended unknown.
 *
 * @param owner the run that ended so
 * @param sender the run that sent it: mostly the owner, else the one that the owner waited for
 * @param build the id of the Jenkins build of the owner; null where it could not be read then
 * @param job the full name of its job now, null where that was deleted; with {@code number} where the build is
 * @param buildName what people called it then; null where its job was deleted
 * @param baseline the highest id of the same deployment before it was sent
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
        long baseline,
        long until,
        long adoptUntil) {

    UnknownAttempt {
        build = Bounded.of(build);
        job = Bounded.of(job);
        buildName = Bounded.of(buildName);
    }

    boolean isOf(String run) {
        return owner.equals(run) || sender.equals(run);
    }

    /** Whether it was made in the same Jenkins build. */
    boolean isOfBuildOf(RunIdentity who) {
        if (build != null) {
            return build.equals(who.build());
        }
        Place now = who.where().get();
        return job != null && job.equals(now.job()) && number == now.number();
    }

    Place place() {
        return new Place(job, number, buildName);
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
                baseline,
                until,
                adoptUntil);
    }
}
