package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.Bounded;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.Place;
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
public final class Owner {

    private static final Logger LOGGER = Logger.getLogger(Owner.class.getName());

    /** Not in a UUID. */
    private static final char SEPARATOR = '@';

    /** All runs that begin in this life of the controller are called so at first. */
    private final String life = UUID.randomUUID() + "/";

    private static String life() {
        return ExtensionList.lookupSingleton(Owner.class).life;
    }

    /** A name for a new run of a build: one line of text. For people, it ends with where the build is. */
    @NonNull
    public static String in(Run<?, ?> build) {
        return life() + UUID.randomUUID() + SEPARATOR
                + Bounded.of(build.getParent().getFullName()) + "#" + build.getNumber();
    }

    /** Whether a run has begun since this controller was started, whatever the clock says. */
    public static boolean isOfThisLife(String owner) {
        return owner.startsWith(life());
    }

    /** May load the build from the disk; empty where it is gone. */
    static Optional<Run<?, ?>> find(String owner) {
        return RunMemory.coordination()
                .ledger()
                .place(owner)
                .map(place -> place.job() + "#" + place.number())
                .or(() -> Optional.of(owner.substring(owner.indexOf(SEPARATOR) + 1)))
                .flatMap(Owner::findById);
    }

    private static Optional<Run<?, ?>> findById(String id) {
        try {
            int number = id.lastIndexOf('#');
            return number < 0 || !Bounded.isCut(id.substring(0, number))
                    ? Optional.ofNullable(Run.fromExternalizableId(id))
                    : Optional.ofNullable(JobNames.find(id.substring(0, number)))
                            .map(job -> job.getBuildByNumber(Integer.parseInt(id.substring(number + 1))));
        } catch (IllegalArgumentException | AccessDeniedException e) {
            LOGGER.log(Level.FINE, e, () -> "No build " + id);
            return Optional.empty();
        }
    }

    /** Where a build is at the moment. */
    static Place place(Run<?, ?> build) {
        return new Place(build.getParent().getFullName(), build.getNumber(), build.getFullDisplayName());
    }

    /** What a build is called now; empty where its job is gone. */
    static Optional<String> name(Place build) {
        if (build.job() == null) {
            return Optional.of(build.buildName());
        }
        Job<?, ?> job = JobNames.find(build.job());
        return Optional.ofNullable(job).map(now -> JenkinsBuild.now(now, build.number(), build.buildName()));
    }
}
