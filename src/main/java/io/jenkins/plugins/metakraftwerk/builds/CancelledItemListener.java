package io.jenkins.plugins.metakraftwerk.builds;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.QueueListener;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuild;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Notes an item that somebody cancelled in the queue, so that it does not come back by itself. Called under the lock of
 * the queue.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class CancelledItemListener extends QueueListener {

    @Override
    public void onLeft(Queue.LeftItem item) {
        FinishedBuild build = FinishedBuildAction.finishedBuild(item);
        if (build != null && item.isCancelled() && item.task instanceof Job<?, ?> job) {
            WatchedJobs.get().watcher(job).cancelled(build);
        }
    }
}
