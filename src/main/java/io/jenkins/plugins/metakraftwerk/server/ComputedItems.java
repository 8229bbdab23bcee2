package io.jenkins.plugins.metakraftwerk.server;

import com.cloudbees.hudson.plugins.folder.computed.ComputedFolder;
import hudson.model.Item;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Items that Jenkins makes by itself, such as the branches of a multibranch project. */
@Restricted(NoExternalUse.class)
public final class ComputedItems {

    private ComputedItems() {}

    /** Returns true if the name and the configuration of an item belong to the group that contains it. */
    public static boolean isComputed(Item item) {
        return Jenkins.get().getPlugin("cloudbees-folder") != null && OfFolders.isComputed(item.getParent());
    }

    /** Class of its own, since the plugin cloudbees-folder may be missing. */
    private static final class OfFolders {
        private static boolean isComputed(Object parent) {
            return parent instanceof ComputedFolder;
        }
    }
}
