package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Api;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.RunAction2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The section 'MetaKraftwerk deployments' of a build, its page, and its part of the remote API. */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class BuildDeploymentsAction implements RunAction2 {

    /** As many as the summary shows before it points to the page. */
    private static final int SHOWN = 5;

    /** By the run that made the attempt, in their order; guarded by itself. */
    private transient Map<String, RecordedDeployment> deployments = new LinkedHashMap<>();

    private transient Run<?, ?> run;
    /** Null until it is attached, which happens after others can see it. */
    private transient volatile DeploymentsFile file;

    private BuildDeploymentsAction() {}

    /**
     * Adds an attempt to what a build remembers. The same run is there once: what it says later, as after a restart, takes
     * the place of what it said before. May block.
     *
     * @return whether it is news: not where more is known already
     */
    public static boolean record(Run<?, ?> run, RecordedDeployment deployment) {
        BuildDeploymentsAction action = run.getAction(BuildDeploymentsAction.class);
        // Without the lock where that will do, since Jenkins holds it while it saves the build.
        if (action == null || action.file == null) {
            action = attach(run);
        }
        return action.put(deployment);
    }

    /**
     * Puts the record of an attempt in the place of its unknown outcome, if the build shows that. May block.
     *
     * @return what it shows now; empty where it did not show that
     */
    public static Optional<RecordedDeployment> found(Run<?, ?> run, String owner, DeploymentResult result, Date now) {
        BuildDeploymentsAction action = run.getAction(BuildDeploymentsAction.class);
        return action == null ? Optional.empty() : action.found(owner, result, now);
    }

    private static BuildDeploymentsAction attach(Run<?, ?> run) {
        synchronized (run) {
            BuildDeploymentsAction action = run.getAction(BuildDeploymentsAction.class);
            if (action == null) {
                action = new BuildDeploymentsAction();
                run.addAction(action);
            }
            return action;
        }
    }

    private boolean put(RecordedDeployment deployment) {
        readAgain();
        synchronized (deployments) {
            RecordedDeployment before = deployments.get(deployment.owner());
            // An abort may be reported after its request was answered; what is known stays known.
            if (before != null && before.getId() != null && deployment.getId() == null) {
                return false;
            }
            deployments.put(deployment.owner(), deployment);
        }
        file.saveSoon(this::getDeployments);
        return true;
    }

    /** What could not be read before comes before what was recorded since. */
    private void readAgain() {
        if (!file.isUnread()) {
            return;
        }
        List<RecordedDeployment> stored = file.read();
        if (file.isUnread()) {
            return;
        }
        synchronized (deployments) {
            Map<String, RecordedDeployment> since = new LinkedHashMap<>(deployments);
            deployments.clear();
            deployments.putAll(byOwner(stored));
            deployments.putAll(since);
        }
    }

    /** What is missing here, in words; asked for after the deployments. */
    public List<String> getProblems() {
        return file == null ? List.of() : file.problems();
    }

    private Optional<RecordedDeployment> found(String owner, DeploymentResult result, Date now) {
        readAgain();
        RecordedDeployment before;
        RecordedDeployment after;
        synchronized (deployments) {
            before = deployments.get(owner);
            if (before == null || !before.isUnknown()) {
                return Optional.empty();
            }
            after = before.found(result, now);
            deployments.put(owner, after);
        }
        before.audit("adopted", run, result.record().id());
        file.saveSoon(this::getDeployments);
        return Optional.of(after);
    }

    @Exported(visibility = 2, name = "deployments")
    public List<ExportedDeployment> getExported() {
        return getDeployments().stream()
                .map(deployment -> new ExportedDeployment(deployment, run))
                .toList();
    }

    public Api getApi() {
        return new Api(this);
    }

    @NonNull
    public List<RecordedDeployment> getDeployments() {
        readAgain();
        synchronized (deployments) {
            return List.copyOf(deployments.values());
        }
    }

    /** The last few, in their order. */
    public List<RecordedDeployment> getLatest() {
        List<RecordedDeployment> all = getDeployments();
        return all.subList(Math.max(0, all.size() - SHOWN), all.size());
    }

    public boolean isMore() {
        return getDeployments().size() > SHOWN;
    }

    /** Called so by the page of Jenkins that this one is a part of. */
    public Run<?, ?> getObject() {
        return run;
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        run = attached;
        file = DeploymentsFile.ofNew(attached);
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        run = loaded;
        file = DeploymentsFile.ofStored(loaded);
        deployments = byOwner(file.read());
    }

    private static Map<String, RecordedDeployment> byOwner(Collection<RecordedDeployment> stored) {
        Map<String, RecordedDeployment> deployments = new LinkedHashMap<>();
        stored.forEach(deployment -> deployments.put(deployment.owner(), deployment));
        return deployments;
    }

    @Override
    public String getIconFileName() {
        return "symbol-paper-plane-outline";
    }

    @Override
    public String getDisplayName() {
        return Messages.displayName();
    }

    @Override
    public String getUrlName() {
        return "metakraftwerk";
    }
}
