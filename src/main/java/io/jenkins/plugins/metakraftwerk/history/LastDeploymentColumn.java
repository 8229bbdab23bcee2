package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.views.ListViewColumn;
import hudson.views.ListViewColumnDescriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;

/** Column 'Last MetaKraftwerk deployment' of a list view. */
@Restricted(NoExternalUse.class)
public final class LastDeploymentColumn extends ListViewColumn {

    @DataBoundConstructor
    public LastDeploymentColumn() {
        // There is nothing to configure.
    }

    /** Returns the target where something landed last, or perhaps did. Null if there is none, or the item is no job. */
    @CheckForNull
    public ShownTarget last(Item item) {
        return item instanceof Job ? new Overview(new OverviewSubject(item)).getLast() : null;
    }

    /** Not shown by default: a list view adds it. */
    @Extension
    @Symbol("lastMetaKraftwerkDeployment")
    public static final class DescriptorImpl extends ListViewColumnDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.column_displayName();
        }

        @Override
        public boolean shownByDefault() {
            return false;
        }
    }
}
