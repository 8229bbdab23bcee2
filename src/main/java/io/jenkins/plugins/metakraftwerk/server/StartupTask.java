package io.jenkins.plugins.metakraftwerk.server;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What this plugin does while Jenkins starts: whatever goes wrong with it, Jenkins starts, and so does all else of it. */
@Restricted(NoExternalUse.class)
public final class StartupTask {

    private static final Logger LOGGER = Logger.getLogger(StartupTask.class.getName());

    private StartupTask() {}

    /**
     * Does something, or logs why not.
     *
     * @param missing what is not there then
     */
    public static void alone(String missing, Runnable what) {
        try {
            what.run();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.SEVERE, missing, e);
        }
    }
}
