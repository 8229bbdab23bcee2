package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import io.jenkins.plugins.metakraftwerk.watch.BuildWatcher;
import io.jenkins.plugins.metakraftwerk.watch.SharedPolls;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Jobs with a trigger of this plugin, and the polls that they share. One object for each start of Jenkins. */
@Extension
@Restricted(NoExternalUse.class)
public final class WatchedJobs {

    private static final Logger LOGGER = Logger.getLogger(WatchedJobs.class.getName());

    private final Map<String, WatchedJob> jobs = new ConcurrentHashMap<>();
    private final SharedPolls<PollKey> polls = new SharedPolls<>(Threads::timing, PollKey::client);

    @NonNull
    static WatchedJobs get() {
        return ExtensionList.lookupSingleton(WatchedJobs.class);
    }

    WatchedJob forJob(Job<?, ?> job) {
        return jobs.compute(job.getFullName(), (name, known) -> {
            if (known != null && known.isOf(job)) {
                return known;
            }
            if (known != null) {
                // Jenkins read the configuration again: then a job is another object.
                known.watcher().forget();
            }
            return new WatchedJob(job, polls);
        });
    }

    BuildWatcher<PollKey> watcher(Job<?, ?> job) {
        return forJob(job).watcher();
    }

    void moved(String before, String after) {
        WatchedJob job = jobs.remove(before);
        if (job != null) {
            jobs.put(after, job);
        }
    }

    void forget(Job<?, ?> job) {
        WatchedJob known = jobs.remove(job.getFullName());
        if (known != null) {
            known.watcher().forget();
        }
    }

    /** Ignores jobs that have never polled. */
    void saved(Job<?, ?> job) {
        WatchedJob known = jobs.get(job.getFullName());
        if (known != null && known.isOf(job)) {
            known.watcher().saved();
        }
    }

    /** Checks jobs without a trigger when Jenkins starts: they may have lost it while Jenkins was down. */
    void without(List<Job<?, ?>> without) {
        Threads.work().execute(() -> without.forEach(this::seeIfLost));
    }

    private void seeIfLost(Job<?, ?> job) {
        try {
            if (WatchedJob.hasMemory(job)) {
                watcher(job).saved();
            }
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not see whether " + job + " has lost its trigger");
        }
    }
}
