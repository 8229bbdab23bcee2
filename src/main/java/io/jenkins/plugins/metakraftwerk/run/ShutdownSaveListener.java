package io.jenkins.plugins.metakraftwerk.run;

import hudson.Extension;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.metakraftwerk.store.LinesFile;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Saves what is still waiting to be saved or noted when Jenkins stops. Called after all other listeners, which may have
 * something to add.
 */
@Extension(ordinal = -100)
@Restricted(NoExternalUse.class)
public final class ShutdownSaveListener extends ItemListener {

    @Override
    public void onBeforeShutdown() {
        AttemptViews.finish();
        DeploymentsFile.saveAll();
        LinesFile.writeAll();
        RunMemory.get().flush();
        AuditLog.get().finish();
    }
}
