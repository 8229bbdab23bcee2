package io.jenkins.plugins.metakraftwerk.form;

import com.github.benmanes.caffeine.cache.Ticker;
import hudson.Extension;
import hudson.ExtensionList;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Answers of servers that all forms of this Jenkins share for a while. */
@Extension
@Restricted(NoExternalUse.class)
public class FormCaches {

    private final ServerLists lists;
    private final ServerChecks checks;

    public FormCaches() {
        this(Ticker.systemTicker());
    }

    /** @param time decides how old an answer is */
    FormCaches(Ticker time) {
        lists = new ServerLists(time);
        checks = new ServerChecks(time);
    }

    private static FormCaches get() {
        return ExtensionList.lookupSingleton(FormCaches.class);
    }

    static ServerLists lists() {
        return get().lists;
    }

    static ServerChecks checks() {
        return get().checks;
    }
}
