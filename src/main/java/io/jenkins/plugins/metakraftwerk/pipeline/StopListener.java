package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.listeners.ItemListener;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Knows when Jenkins begins to stop. That is before the Pipelines are put to sleep and saved for the last time, while
 * {@code Jenkins.isTerminating} says so only afterwards, when a step that still went on would do what nothing remembers.
 * The first to hear of it, so that what others save then is the last that steps have done.
 */
@Extension(ordinal = 100)
@Restricted(NoExternalUse.class)
public final class StopListener extends ItemListener {

    private volatile boolean begun;

    static StopListener ofThisJenkins() {
        return ExtensionList.lookupSingleton(StopListener.class);
    }

    boolean hasBegun() {
        return begun;
    }

    @Override
    public void onBeforeShutdown() {
        begun = true;
    }
}
