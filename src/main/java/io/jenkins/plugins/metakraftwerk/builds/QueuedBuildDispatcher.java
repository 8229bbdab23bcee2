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
 * Keeps an item from running that the queue, which Jenkins saves late, has brought back although its Jenkins build had
 * started. Asked under the lock of the queue, so it reads no file.
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

    /** Why an item does not run; where that is final, the queue takes it out. */
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
