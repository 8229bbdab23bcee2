package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.metakraftwerk.deploy.Ledger;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Has those attempts of a build accounted for that it leaves when it ends, and forgotten: nothing brings them back any more. */
@Extension
@Restricted(NoExternalUse.class)
public final class EndedBuilds extends RunListener<Run<?, ?>> {

    @Override
    public void onFinalized(@NonNull Run<?, ?> build) {
        forget(build);
        if (RunMemory.coordination().ledger().isAnyLeft()) {
            LeftRuns.get().accountSoon();
        }
    }

    /** Of a build that is over. Does not block. */
    static void forget(Run<?, ?> build) {
        Ledger ledger = RunMemory.coordination().ledger();
        if (ledger.isAnyEnded()) {
            Threads.certainly(() -> BuildId.ifAny(build).ifPresent(ledger::buildOver));
        }
    }
}
