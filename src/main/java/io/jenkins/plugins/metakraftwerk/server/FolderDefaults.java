package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import java.util.Optional;
import jenkins.model.Jenkins;

/** What the nearest folder above an item says that says something; nothing where the plugin that brings folders is missing. */
final class FolderDefaults {

    private FolderDefaults() {}

    /** The name of the default server. */
    static Optional<FolderDefault> server(@CheckForNull Item item) {
        return mayBeIn(item) ? MetaKraftwerkFolderProperty.server(item) : Optional.empty();
    }

    /** The id of the credential for a server. */
    static Optional<FolderDefault> credential(@CheckForNull Item item, String server) {
        return mayBeIn(item) ? MetaKraftwerkFolderProperty.credential(item, server) : Optional.empty();
    }

    private static boolean mayBeIn(@CheckForNull Item item) {
        return item != null && Jenkins.get().getPlugin("cloudbees-folder") != null;
    }
}
