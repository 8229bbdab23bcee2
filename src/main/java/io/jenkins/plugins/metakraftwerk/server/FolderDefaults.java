package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * Finds the default of the nearest folder of an item that has one; the item itself may be that folder. Empty if the
 * plugin cloudbees-folder is missing.
 */
final class FolderDefaults {

    private FolderDefaults() {}

    /** Returns the name of the default server. */
    static Optional<FolderDefault> server(@CheckForNull Item item) {
        return mayBeInFolder(item) ? MetaKraftwerkFolderProperty.server(item) : Optional.empty();
    }

    /** Returns the id of the credential for a server. */
    static Optional<FolderDefault> credential(@CheckForNull Item item, String server) {
        return mayBeInFolder(item) ? MetaKraftwerkFolderProperty.credential(item, server) : Optional.empty();
    }

    private static boolean mayBeInFolder(@CheckForNull Item item) {
        return item != null && Jenkins.get().getPlugin("cloudbees-folder") != null;
    }
}
