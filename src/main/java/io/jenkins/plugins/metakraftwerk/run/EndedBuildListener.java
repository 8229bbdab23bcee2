package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Has those attempts of a build accounted for that it leaves when it ends, and forgotten: nothing brings them back any more. */
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
