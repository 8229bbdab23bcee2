package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.deploy.SharedLooks;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The jobs with a trigger of this plugin, and the looks that they share. One for each life of Jenkins. */
@Extension
@Restricted(NoExternalUse.class)
public final class WatchedJobs {

    private final Map<String, WatchedJob> jobs = new ConcurrentHashMap<>();
    private final SharedLooks<LookKey> looks = new SharedLooks<>(Threads::timing, LookKey::client);

    @NonNull
    static WatchedJobs get() {
        return ExtensionList.lookupSingleton(WatchedJobs.class);
    }

    /** After the configuration was read anew from the disk, a job is another object. */
    WatchedJob of(Job<?, ?> job) {
        return jobs.compute(
                job.getFullName(),
                (name, known) -> known != null && known.isOf(job) ? known : new WatchedJob(job, looks));
    }

    void moved(String before, String after) {
        WatchedJob job = jobs.remove(before);
        if (job != null) {
            jobs.put(after, job);
        }
    }

    void forget(Job<?, ?> job) {
        jobs.remove(job.getFullName());
    }

    /** Notes what is there, if that was not done yet. */
    void begin(Job<?, ?> job) {
        handOver(job, WatchedJob::begin);
    }

    /** The job is due. */
    void look(Job<?, ?> job) {
        handOver(job, WatchedJob::look);
    }

    void handOver(Job<?, ?> job, Consumer<WatchedJob> what) {
        Threads.work().execute(() -> what.accept(of(job)));
    }
}
