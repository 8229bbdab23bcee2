package io.jenkins.plugins.metakraftwerk.history;

import com.google.common.cache.CacheBuilder;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.run.DeploymentListener;
import io.jenkins.plugins.metakraftwerk.run.Owner;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Notes in the history of a job how its attempts have ended. */
@Extension
@Restricted(NoExternalUse.class)
public final class HistoryListener extends DeploymentListener {

    /** How many are known without a look into a file. */
    private static final int RECENT = 1_000;

    private final Map<String, Boolean> recent = CacheBuilder.newBuilder()
            .maximumSize(RECENT)
            .<String, Boolean>build()
            .asMap();

    @NonNull
    static HistoryListener get() {
        return ExtensionList.lookupSingleton(HistoryListener.class);
    }

    @Override
    public void created(Run<?, ?> run, AttemptRecord event) {
        note(run, event);
    }

    @Override
    public void adopted(Run<?, ?> run, AttemptRecord event) {
        note(run, event);
    }

    @Override
    public void skipped(Run<?, ?> run, AttemptRecord event) {
        note(run, event);
    }

    @Override
    public void failed(Run<?, ?> run, AttemptRecord event) {
        note(run, event);
    }

    @Override
    public void unknown(Run<?, ?> run, AttemptRecord event) {
        note(run, event);
    }

    private void note(Run<?, ?> run, AttemptRecord event) {
        if (recent.put(event.owner() + " " + event.outcome(), true) != null) {
            return;
        }
        boolean mayBeTold = !Owner.isOfThisLife(event.owner());
        Histories.get().of(run.getParent()).add(run.getParent(), event, mayBeTold);
    }
}
