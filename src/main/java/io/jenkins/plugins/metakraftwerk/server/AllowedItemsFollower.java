package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionPoint;

/**
 * Extension that hears of entries that have changed because their item was renamed, moved or deleted. Called before the
 * servers are saved.
 */
public interface AllowedItemsFollower extends ExtensionPoint {

    /**
     * Called for each server whose entries have changed. Must neither block nor fail.
     *
     * @param server with its new entries
     * @param from the old full name of the item
     * @param to its new full name; null if it was deleted
     */
    void followed(MetaKraftwerkServer server, String from, @CheckForNull String to);
}
