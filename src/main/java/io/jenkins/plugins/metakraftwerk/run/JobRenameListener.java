package io.jenkins.plugins.metakraftwerk.run;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Follows jobs to their new names, so that data about their builds that is stored elsewhere still leads there. */
@Extension
@Restricted(NoExternalUse.class)
public final class JobRenameListener extends ItemListener {

    /** Called by Jenkins for each job in a folder that is renamed or moved. */
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        if (item instanceof Job) {
            RunMemory.coordination().ledger().moved(oldFullName, newFullName);
        }
    }

    /** Called by Jenkins for each job in a folder before the folder is deleted. */
    @Override
    public void onDeleted(Item item) {
        if (item instanceof Job) {
            RunMemory.coordination().ledger().moved(item.getFullName(), null);
        }
    }
}
