package io.jenkins.plugins.metakraftwerk.builds;

import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Job;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Notes that a job was saved, perhaps without its trigger: by its form, its script, as XML or by another plugin. Called
 * under the lock of the job, each time that Jenkins saves anything.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class SavedJobListener extends SaveableListener {

    @Override
    public void onChange(Saveable saved, XmlFile file) {
        if (saved instanceof Job<?, ?> job) {
            WatchedJobs.get().saved(job);
        }
    }
}
