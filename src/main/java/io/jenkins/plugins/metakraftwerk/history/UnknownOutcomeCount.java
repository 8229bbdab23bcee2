package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.run.AttemptView;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Number of targets of this Jenkins where an attempt with unknown outcome perhaps landed. Each page of Jenkins asks for
 * it. So it is counted on another thread, a moment after it may have changed.
 */
@Extension(ordinal = -1)
@Restricted(NoExternalUse.class)
public final class UnknownOutcomeCount implements AttemptView {

    private static final Logger LOGGER = Logger.getLogger(UnknownOutcomeCount.class.getName());

    /** Thousands of attempts in a row are counted once. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Counting reads files after a start, and their disk may hang. */
    private final Executor thread = Threads.oneByOne("count", 2);

    private final AtomicBoolean planned = new AtomicBoolean();
    private volatile int count;

    @NonNull
    static UnknownOutcomeCount get() {
        return ExtensionList.lookupSingleton(UnknownOutcomeCount.class);
    }

    /** Returns the number as it was a moment ago. Does not block. */
    int count() {
        return count;
    }

    @Override
    public void show(Job<?, ?> job, AttemptRecord attempt) {
        if (attempt.unknown()) {
            countSoon();
        } else {
            mayBeFewer();
        }
    }

    void mayBeFewer() {
        if (count > 0) {
            countSoon();
        }
    }

    private void countSoon() {
        if (planned.compareAndSet(false, true)) {
            try {
                Threads.timing().later(PAUSE, () -> thread.execute(this::countNow));
            } catch (RuntimeException e) {
                LOGGER.log(Level.FINE, e, () -> "Counted when something changes next");
                planned.set(false);
            }
        }
    }

    private void countNow() {
        planned.set(false);
        count = (int) DeploymentHistory.targets(Jenkins.get()).stream()
                .filter(line -> line.perhaps() != null)
                .count();
    }

    /** Counts after a start, and again when an item is deleted. */
    @Extension
    @Restricted(NoExternalUse.class)
    public static final class ItemChangeListener extends ItemListener {

        @Override
        public void onLoaded() {
            get().countSoon();
        }

        @Override
        public void onDeleted(Item item) {
            get().mayBeFewer();
        }
    }
}
