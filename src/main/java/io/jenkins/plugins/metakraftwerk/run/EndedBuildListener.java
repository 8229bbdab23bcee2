package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Has the open runs of a build accounted for when the build ends. Has its ended attempts forgotten, since nothing
 * brings them back.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class EndedBuildListener extends RunListener<Run<?, ?>> {

    @Override
    public void onFinalized(@NonNull Run<?, ?> build) {
        AbandonedRuns.forget(build);
        if (RunMemory.coordination().ledger().isAnyLeft()) {
            AbandonedRuns.get().accountSoon();
        }
    }
}
