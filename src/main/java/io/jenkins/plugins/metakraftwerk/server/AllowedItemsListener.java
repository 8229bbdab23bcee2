package io.jenkins.plugins.metakraftwerk.server;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Updates the entries of allowed items when an item is renamed, moved or deleted. */
@Extension
@Restricted(NoExternalUse.class)
public final class AllowedItemsListener extends ItemListener {

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        MetaKraftwerkGlobalConfiguration.get().follow(oldFullName, newFullName);
    }

    @Override
    public void onDeleted(Item item) {
        // The name of a branch belongs to the SCM: a branch that comes back is the same branch.
        if (!ComputedItems.isComputed(item)) {
            MetaKraftwerkGlobalConfiguration.get().follow(item.getFullName(), null);
        }
    }
}
