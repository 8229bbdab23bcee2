package io.jenkins.plugins.metakraftwerk.run;

import hudson.model.Run;
import java.io.IOException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Saves builds late, without bringing back the folder of a build that was deleted meanwhile. */
@Restricted(NoExternalUse.class)
public final class BuildFolders {

    private BuildFolders() {}

    static boolean exists(Run<?, ?> run) {
        return run.getRootDir().isDirectory();
    }

    /** Saves a build, unless it was deleted. */
    public static void save(Run<?, ?> run) throws IOException {
        if (exists(run)) {
            run.save();
        }
    }
}
