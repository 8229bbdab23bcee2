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

/** Names runs, so that a record that is found later leads to the build of its run. */
@Extension
@Restricted(NoExternalUse.class)
public final class RunOwner {

    private static final Logger LOGGER = Logger.getLogger(RunOwner.class.getName());

    /** Separator; no UUID contains it. */
    private static final char SEPARATOR = '@';

    /** Prefix of the names of all runs that begin in this life of the controller. */
    private final String life = UUID.randomUUID() + "/";

    private static String life() {
        return ExtensionList.lookupSingleton(RunOwner.class).life;
    }

    /**
     * Returns a name for a new run of a build, as one line of text. For readers, it ends with the job and the number of
     * the build.
     */
    @NonNull
    public static String in(Run<?, ?> build) {
        return life() + UUID.randomUUID() + SEPARATOR
                + BoundedText.shorten(build.getParent().getFullName()) + "#" + build.getNumber();
    }

    /** Returns true if a run has begun since this controller was started, independent of the clock. */
    public static boolean isOfThisLife(String owner) {
        return owner.startsWith(life());
    }

    /** Finds the build of a run. May load it from the disk; empty if it is gone. */
    static Optional<Run<?, ?>> find(String owner) {
        return place(owner).flatMap(at -> job(at).map(job -> job.getBuildByNumber(at.number())));
    }

    /** Returns the location of the build of a run, as far as it is known; the build may be gone. */
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

    /** Returns the job that has, or had, a build there. */
    static Optional<Job<?, ?>> job(BuildLocation build) {
        try {
            // Builds of a job that was made anew have not reached this number.
            return Optional.<Job<?, ?>>ofNullable(KeptJobNames.find(build.job()))
                    .filter(job -> build.number() < job.getNextBuildNumber());
        } catch (IllegalArgumentException | AccessDeniedException e) {
            LOGGER.log(Level.FINE, e, () -> "No job of " + build);
            return Optional.empty();
        }
    }

    /** Returns the present location of a build. */
    static BuildLocation place(Run<?, ?> build) {
        return new BuildLocation(build.getParent().getFullName(), build.getNumber(), build.getFullDisplayName());
    }

    /** Returns the location of a build with the present names of its job. */
    static BuildLocation place(Job<?, ?> job, BuildLocation build) {
        return new BuildLocation(
                job.getFullName(), build.number(), JenkinsBuild.now(job, build.number(), build.buildName()));
    }

    /** Returns the present display name of a build; empty if its job is gone. */
    static Optional<String> name(BuildLocation build) {
        if (build.job() == null) {
            return Optional.of(build.buildName());
        }
        Job<?, ?> job = KeptJobNames.find(build.job());
        return Optional.ofNullable(job).map(now -> JenkinsBuild.now(now, build.number(), build.buildName()));
    }
}
