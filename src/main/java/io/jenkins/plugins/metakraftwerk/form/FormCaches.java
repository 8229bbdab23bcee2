package io.jenkins.plugins.metakraftwerk.form;

import com.github.benmanes.caffeine.cache.Ticker;
import hudson.Extension;
import hudson.ExtensionList;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Responses of servers that all forms of this Jenkins share for a while. */
@Extension
@Restricted(NoExternalUse.class)
public class FormCaches {

    private final ServerListCache lists;
    private final DeploymentCheckCache checks;

    public FormCaches() {
        this(Ticker.systemTicker());
    }

    /** @param time the clock that tells the age of a response */
    FormCaches(Ticker time) {
        lists = new ServerListCache(time);
        checks = new DeploymentCheckCache(time);
    }

    private static FormCaches get() {
        return ExtensionList.lookupSingleton(FormCaches.class);
    }

    static ServerListCache lists() {
        return get().lists;
    }

    static DeploymentCheckCache checks() {
        return get().checks;
    }
}
