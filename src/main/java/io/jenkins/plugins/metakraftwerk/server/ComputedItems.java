package io.jenkins.plugins.metakraftwerk.server;

import com.cloudbees.hudson.plugins.folder.computed.ComputedFolder;
import hudson.model.Item;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Items that Jenkins makes by itself from what is elsewhere, as the branches of a multibranch project. */
@Restricted(NoExternalUse.class)
public final class ComputedItems {

    private ComputedItems() {}

    /** Whether its name and configuration belong to the group that it is in. */
    public static boolean isComputed(Item item) {
        return Jenkins.get().getPlugin("cloudbees-folder") != null && OfFolders.isComputed(item.getParent());
    }

    /** Apart, since the plugin that has such folders may be missing. */
    private static final class OfFolders {
        private static boolean isComputed(Object parent) {
            return parent instanceof ComputedFolder;
        }
    }
}
