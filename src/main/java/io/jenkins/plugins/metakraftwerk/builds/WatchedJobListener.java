package io.jenkins.plugins.metakraftwerk.builds;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.metakraftwerk.server.StartupTask;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Follows jobs with a trigger of this plugin: loaded at the start, disabled, moved, deleted. */
@Extension
@Restricted(NoExternalUse.class)
public final class WatchedJobListener extends ItemListener {

    /** Runs when the saved queue is loaded. */
    @Override
    public void onLoaded() {
        List<Job<?, ?>> without = new ArrayList<>();
        try (ACLContext all = ACL.as2(ACL.SYSTEM2)) {
            for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
                StartupTask.alone("No trigger for finished builds of " + job.getFullName(), () -> begin(job, without));
            }
        }
        StartupTask.alone(
                "Jobs that have lost their trigger are not seen",
                () -> WatchedJobs.get().without(without));
    }

    private static void begin(Job<?, ?> job, List<Job<?, ?>> without) {
        if (TriggerSettings.forJob(job) != null) {
            WatchedJobs.get().watcher(job).begin();
        } else if (job instanceof ParameterizedJob) {
            without.add(job);
        }
    }

    @Override
    public void onUpdated(Item item) {
        if (item instanceof Job<?, ?> job
                && item instanceof ParameterizedJob<?, ?> switched
                && switched.isDisabled()
                && TriggerSettings.forJob(job) != null) {
            WatchedJobs.get().watcher(job).disabled();
        }
    }

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        WatchedJobs.get().moved(oldFullName, newFullName);
    }

    @Override
    public void onDeleted(Item item) {
        if (item instanceof Job<?, ?> job) {
            WatchedJobs.get().forget(job);
        }
    }
}
