package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionPoint;

/** An extension that is told of entries that have followed an item, or gone with it, before they are saved. */
public interface AllowedItemsFollower extends ExtensionPoint {

    /**
     * Must neither block nor fail.
     *
     * @param server with the entries that it has now
     * @param from the full name of the item
     * @param to its new one; null where it is gone
     */
    void followed(MetaKraftwerkServer server, String from, @CheckForNull String to);
}
