package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.BuildLocation;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.access.AccessDeniedException;

/** Names runs, so that what is found for one of them later leads to the build that it was part of. */
@Extension
@Restricted(NoExternalUse.class)
public final class RunOwner {

    private static final Logger LOGGER = Logger.getLogger(RunOwner.class.getName());

    /** Not in a UUID. */
    private static final char SEPARATOR = '@';

    /** All runs that begin in this life of the controller are called so at first. */
    private final String life = UUID.randomUUID() + "/";

    private static String life() {
        return ExtensionList.lookupSingleton(RunOwner.class).life;
    }

    /** A name for a new run of a build: one line of text. For people, it ends with where the build is. */
    @NonNull
    public static String in(Run<?, ?> build) {
        return life() + UUID.randomUUID() + SEPARATOR
                + BoundedText.shorten(build.getParent().getFullName()) + "#" + build.getNumber();
    }

    /** Whether a run has begun since this controller was started, whatever the clock says. */
    public static boolean isOfThisLife(String owner) {
        return owner.startsWith(life());
    }

    /** May load the build from the disk; empty where it is gone. */
    static Optional<Run<?, ?>> find(String owner) {
        return place(owner).flatMap(at -> job(at).map(job -> job.getBuildByNumber(at.number())));
    }

    /** Where the build of a run is, or was, as far as that is known. */
    static Optional<BuildLocation> place(String owner) {
        return RunMemory.coordination().ledger().place(owner).or(() -> placeIn(owner));
    }

    private static Optional<BuildLocation> placeIn(String owner) {
        String build = owner.substring(owner.indexOf(SEPARATOR) + 1);
        int number = build.lastIndexOf('#');
        try {
            return Optional.of(new BuildLocation(
                    build.substring(0, Math.max(0, number)), Integer.parseInt(build.substring(number + 1)), null));
        } catch (NumberFormatException e) {
            LOGGER.log(Level.FINE, e, () -> "No build " + build);
            return Optional.empty();
        }
    }

    /** The job that has a build there, or had. */
    static Optional<Job<?, ?>> job(BuildLocation build) {
        try {
            // A job that was made anew has not come as far.
            return Optional.<Job<?, ?>>ofNullable(KeptJobNames.find(build.job()))
                    .filter(job -> build.number() < job.getNextBuildNumber());
        } catch (IllegalArgumentException | AccessDeniedException e) {
            LOGGER.log(Level.FINE, e, () -> "No job of " + build);
            return Optional.empty();
        }
    }

    /** Where a build is at the moment. */
    static BuildLocation place(Run<?, ?> build) {
        return new BuildLocation(build.getParent().getFullName(), build.getNumber(), build.getFullDisplayName());
    }

    /** Where a build of a job was, as that is called now. */
    static BuildLocation place(Job<?, ?> job, BuildLocation build) {
        return new BuildLocation(
                job.getFullName(), build.number(), JenkinsBuild.now(job, build.number(), build.buildName()));
    }

    /** What a build is called now; empty where its job is gone. */
    static Optional<String> name(BuildLocation build) {
        if (build.job() == null) {
            return Optional.of(build.buildName());
        }
        Job<?, ?> job = KeptJobNames.find(build.job());
        return Optional.ofNullable(job).map(now -> JenkinsBuild.now(now, build.number(), build.buildName()));
    }
}
