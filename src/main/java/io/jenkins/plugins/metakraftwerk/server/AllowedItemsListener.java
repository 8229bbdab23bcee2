package io.jenkins.plugins.metakraftwerk.server;

import com.cloudbees.hudson.plugins.folder.computed.ComputedFolder;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import jenkins.model.Jenkins;
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
        if (!isNamedElsewhere(item)) {
            MetaKraftwerkGlobalConfiguration.get().follow(item.getFullName(), null);
        }
    }

    /** A branch that comes back is the same branch, whoever deleted its job: its name belongs to the SCM. */
    private static boolean isNamedElsewhere(Item item) {
        return Jenkins.get().getPlugin("cloudbees-folder") != null && OfFolders.isComputed(item.getParent());
    }

    /** Apart, since the plugin that has such folders may be missing. */
    private static final class OfFolders {
        private static boolean isComputed(Object parent) {
            return parent instanceof ComputedFolder;
        }
    }
}
