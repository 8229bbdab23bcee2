package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.RootAction;
import jenkins.management.Badge;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerProxy;
import org.springframework.security.access.AccessDeniedException;

/** Overview of all of Jenkins, for users who may read some job or folder. */
@Extension
@Restricted(NoExternalUse.class)
public final class RootOverview implements RootAction, StaplerProxy {

    @Override
    public String getIconFileName() {
        return mayReadSomething() ? "symbol-paper-plane-outline" : null;
    }

    /** Each page asks, so the search ends at the first item that the user may read. */
    private static boolean mayReadSomething() {
        Jenkins jenkins = Jenkins.get();
        return jenkins.hasPermission(Item.READ)
                || jenkins.getTopLevelItemNames().stream().anyMatch(RootOverview::mayRead);
    }

    private static boolean mayRead(String name) {
        try {
            return Jenkins.get().getItem(name) != null;
        } catch (AccessDeniedException e) {
            return false;
        }
    }

    @Override
    public String getDisplayName() {
        return Messages.overview_displayName();
    }

    @Override
    public String getUrlName() {
        return OverviewSubject.URL_NAME;
    }

    /** Shown to administrators, who can do something about it. */
    @Override
    @CheckForNull
    public Badge getBadge() {
        int perhaps = Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                ? UnknownOutcomeCount.get().count()
                : 0;
        return perhaps == 0
                ? null
                : new Badge(String.valueOf(perhaps), Messages.overview_perhaps(perhaps), Badge.Severity.WARNING);
    }

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.READ);
        return new Overview(new OverviewSubject(null));
    }
}
