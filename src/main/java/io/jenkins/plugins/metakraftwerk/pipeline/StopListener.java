package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.listeners.ItemListener;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Notes when Jenkins begins to stop. That is before it pauses and saves the Pipelines for the last time. {@code
 * Jenkins.isTerminating} says so only afterwards, and a step that went on until then would do what nothing remembers.
 * It is the first listener, so steps do nothing more before others save.
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
