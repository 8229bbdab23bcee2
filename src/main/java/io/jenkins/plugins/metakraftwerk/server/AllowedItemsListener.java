package io.jenkins.plugins.metakraftwerk.server;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Keeps the entries of who may borrow a credential with the items that they were made for. */
@Extension
@Restricted(NoExternalUse.class)
public final class AllowedItemsListener extends ItemListener {

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        MetaKraftwerkGlobalConfiguration.get().follow(oldFullName, newFullName);
    }

    @Override
    public void onDeleted(Item item) {
        // A branch that comes back is the same branch, whoever deleted its job: its name belongs to the SCM.
        if (!ComputedItems.isComputed(item)) {
            MetaKraftwerkGlobalConfiguration.get().follow(item.getFullName(), null);
        }
    }
}
