package io.jenkins.plugins.metakraftwerk.history;

import com.google.common.cache.CacheBuilder;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.run.DeploymentEvent;
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
    public void created(Run<?, ?> run, DeploymentEvent event) {
        note(run, event);
    }

    @Override
    public void adopted(Run<?, ?> run, DeploymentEvent event) {
        note(run, event);
    }

    @Override
    public void skipped(Run<?, ?> run, DeploymentEvent event) {
        note(run, event);
    }

    @Override
    public void failed(Run<?, ?> run, DeploymentEvent event) {
        note(run, event);
    }

    @Override
    public void unknown(Run<?, ?> run, DeploymentEvent event) {
        note(run, event);
    }

    private void note(Run<?, ?> run, DeploymentEvent event) {
        if (recent.put(event.owner() + " " + event.outcome(), true) != null) {
            return;
        }
        boolean mayBeTold = !Owner.isOfThisLife(event.owner());
        Histories.get().of(run.getParent()).add(run.getParent(), entry(run, event), mayBeTold);
    }

    private static HistoryEntry entry(Run<?, ?> run, DeploymentEvent event) {
        DeploymentEvent.Request asked = event.request();
        BuildDeployment record = event.record();
        return new HistoryEntry(
                event.owner(),
                asked.server(),
                asked.serverUrl(),
                asked.pattern(),
                known(record == null ? null : record.patternId(), asked.patternId()),
                asked.deployment(),
                known(record == null ? null : record.deploymentId(), asked.deploymentId()),
                record == null ? Long.valueOf(asked.buildId()) : record.buildId(),
                event.buildName(),
                record == null ? null : record.id(),
                known(asked.agent(), asked.agentId() == null ? null : "#" + asked.agentId()),
                known(asked.agentGroup(), asked.agentGroupId() == null ? null : "#" + asked.agentGroupId()),
                event.outcome(),
                event.reason(),
                asked.credentialsId(),
                asked.origin(),
                event.time(),
                event.job(),
                event.number(),
                run.getFullDisplayName(),
                event.users(),
                false);
    }

    private static <T> T known(T first, T second) {
        return first == null ? second : first;
    }
}
