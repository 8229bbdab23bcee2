package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AbstractItem;
import hudson.model.Action;
import hudson.model.ItemGroup;
import hudson.model.Job;
import java.util.Collection;
import java.util.Set;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Gives each job and folder its overview. */
@Extension
@Restricted(NoExternalUse.class)
public final class OverviewOfItem extends TransientActionFactory<AbstractItem> {

    @Override
    public Class<AbstractItem> type() {
        return AbstractItem.class;
    }

    @Override
    public Class<? extends Action> actionType() {
        return Overview.class;
    }

    @NonNull
    @Override
    public Collection<? extends Action> createFor(@NonNull AbstractItem target) {
        return target instanceof Job || target instanceof ItemGroup
                ? Set.of(new Overview(new OverviewSubject(target)))
                : Set.of();
    }
}
