package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.metakraftwerk.deploy.Ledger;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Lets the ledger forget the attempts of a build that has ended: nothing brings them back any more. */
@Extension
@Restricted(NoExternalUse.class)
public final class EndedBuilds extends RunListener<Run<?, ?>> {

    @Override
    public void onFinalized(@NonNull Run<?, ?> build) {
        Ledger ledger = RunMemory.coordination().ledger();
        if (ledger.isAnyEnded()) {
            Threads.certainly(() -> BuildId.ifAny(build).ifPresent(ledger::buildOver));
        }
    }
}
