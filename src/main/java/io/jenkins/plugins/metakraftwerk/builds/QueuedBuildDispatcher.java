package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuild;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Blocks an item that the queue brought back after its Jenkins build had started. Jenkins saves the queue late, so that
 * happens after a crash. Called under the lock of the queue, so it reads no file.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class QueuedBuildDispatcher extends QueueTaskDispatcher {

    @Override
    @CheckForNull
    public CauseOfBlockage canRun(Queue.Item item) {
        FinishedBuild build = FinishedBuildAction.finishedBuild(item);
        if (build == null || !(item.task instanceof Job<?, ?> job)) {
            return null;
        }
        return switch (WatchedJobs.get().watcher(job).item(build)) {
            case RUNS -> null;
            case CHECKED -> new Blockage(Messages.queue_checking(), false);
            case WITHOUT_TRIGGER -> new Blockage(Messages.queue_withoutTrigger(), false);
            case OVER -> new Blockage(Messages.queue_started(String.valueOf(build.id())), true);
        };
    }

    /** Reason why an item does not run. If it is final, the queue removes the item. */
    private static final class Blockage extends CauseOfBlockage {

        private final String reason;
        private final boolean isFinal;

        private Blockage(String reason, boolean isFinal) {
            this.reason = reason;
            this.isFinal = isFinal;
        }

        @Override
        public String getShortDescription() {
            return reason;
        }

        @Override
        public boolean isFatal() {
            return isFinal;
        }
    }
}
