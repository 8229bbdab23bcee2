package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Run;
import java.util.Collection;
import java.util.Set;
import jenkins.model.Tab;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tab of the new build page that leads to the deployments of the build. The old page has no tabs. */
@Restricted(NoExternalUse.class)
public final class DeploymentsTab extends Tab {

    private DeploymentsTab(Run<?, ?> run) {
        super(run);
    }

    @Override
    public String getIconFileName() {
        return "symbol-paper-plane-outline";
    }

    @Override
    public String getDisplayName() {
        return Messages.displayName();
    }

    /** Same name as the action of the build, which comes first and has the page. */
    @Override
    public String getUrlName() {
        return "metakraftwerk";
    }

    /** Adds the tab to builds that have deployments. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Run> {

        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return DeploymentsTab.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Run target) {
            Run<?, ?> run = target;
            return run.getAction(BuildDeploymentsAction.class) == null ? Set.of() : Set.of(new DeploymentsTab(run));
        }
    }
}
