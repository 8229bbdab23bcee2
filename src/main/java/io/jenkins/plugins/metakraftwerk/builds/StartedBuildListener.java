package io.jenkins.plugins.metakraftwerk.builds;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Notes that a Jenkins build has started, before it does anything and before other listeners. Notes also that it is
 * deleted.
 */
@Extension(ordinal = 1000)
@Restricted(NoExternalUse.class)
public final class StartedBuildListener extends RunListener<Run<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(StartedBuildListener.class.getName());

    @Override
    public void onStarted(Run<?, ?> run, TaskListener listener) {
        BuildFinishedCause cause = run.getCause(BuildFinishedCause.class);
        if (cause == null) {
            return;
        }
        // Saved first, so that a crash never leaves a noted build that does not exist.
        try {
            run.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not save " + run);
        }
        WatchedJobs.get().watcher(run.getParent()).started(cause.build());
    }

    /** Called while the build still exists. */
    @Override
    public void onDeleted(Run<?, ?> run) {
        BuildFinishedCause cause = run.getCause(BuildFinishedCause.class);
        if (cause != null) {
            WatchedJobs.get().watcher(run.getParent()).leaves(cause.build());
        }
    }
}
