package io.jenkins.plugins.metakraftwerk.server;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Task of this plugin while Jenkins starts. If it fails, Jenkins and the rest of the plugin start all the same. */
@Restricted(NoExternalUse.class)
public final class StartupTask {

    private static final Logger LOGGER = Logger.getLogger(StartupTask.class.getName());

    private StartupTask() {}

    /**
     * Runs a task, or logs why it failed.
     *
     * @param missing the message of the log for a failure
     */
    public static void alone(String missing, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.SEVERE, missing, e);
        }
    }
}
