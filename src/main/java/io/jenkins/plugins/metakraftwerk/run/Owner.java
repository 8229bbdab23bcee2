package io.jenkins.plugins.metakraftwerk.run;

import hudson.model.Run;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.security.access.AccessDeniedException;

/** Names runs, so that what is found for one of them later leads to the build that it was part of. */
public final class Owner {

    private static final Logger LOGGER = Logger.getLogger(Owner.class.getName());

    /** Not in a UUID. */
    private static final char SEPARATOR = '@';

    private Owner() {}

    /** A name for a new run of a build: one line of text. */
    public static String in(Run<?, ?> build) {
        return UUID.randomUUID().toString() + SEPARATOR + build.getExternalizableId();
    }

    /** The build that a run belongs to, as it was called when the run began. */
    static String build(String owner) {
        return owner.substring(owner.indexOf(SEPARATOR) + 1);
    }

    /** May load the build from the disk; empty where it is gone or was renamed. */
    static Optional<Run<?, ?>> find(String owner) {
        try {
            return Optional.ofNullable(Run.fromExternalizableId(build(owner)));
        } catch (IllegalArgumentException | AccessDeniedException e) {
            LOGGER.log(Level.FINE, e, () -> "No build of " + owner);
            return Optional.empty();
        }
    }
}
