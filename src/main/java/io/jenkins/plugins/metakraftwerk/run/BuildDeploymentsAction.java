package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Api;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import java.io.IOException;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The section 'MetaKraftwerk deployments' of a build, its page, and its part of the remote API. */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class BuildDeploymentsAction implements RunAction2 {

    private static final Logger LOGGER = Logger.getLogger(BuildDeploymentsAction.class.getName());

    /** As many as the summary shows before it points to the page. */
    private static final int SHOWN = 5;

    /** Null until it is loaded; nobody reads it then. */
    private transient volatile KeptAttempts attempts = new KeptAttempts();

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

    /** What a build shows of a run. May block. */
    static Optional<RecordedDeployment> find(Run<?, ?> run, String owner) {
        return Optional.ofNullable(run.getAction(BuildDeploymentsAction.class))
                .flatMap(action -> action.getDeployments().stream()
                        .filter(shown -> shown.owner().equals(owner))
                        .findFirst());
    }

    private static BuildDeploymentsAction attach(Run<?, ?> run) {
        synchronized (run) {
            BuildDeploymentsAction action = run.getAction(BuildDeploymentsAction.class);
            if (action == null) {
                action = new BuildDeploymentsAction();
                run.addAction(action);
                saveIfOver(run);
            }
            return action;
        }
    }

    /** Jenkins saves a build at its end; what is found out later would be gone with the next restart. */
    private static void saveIfOver(Run<?, ?> run) {
        if (run.isBuilding()) {
            return;
        }
        try {
            Folders.save(run);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not save that there are deployments of " + run);
        }
    }

    private boolean put(RecordedDeployment deployment) {
        readAgain();
        boolean news = attempts.put(deployment);
        if (news) {
            file.saveSoon(this::stored);
        }
        return news;
    }

    /** What could not be read before comes before what was recorded since. */
    private void readAgain() {
        if (!file.isUnread()) {
            return;
        }
        synchronized (file) {
            KeptAttempts.Stored stored = file.isUnread() ? file.read() : KeptAttempts.Stored.NOTHING;
            attempts.putBefore(stored);
        }
    }

    private KeptAttempts.Stored stored() {
        readAgain();
        return attempts.stored();
    }

    /** What is missing here, in words; asked for after the deployments. */
    public List<String> getProblems() {
        return file == null ? List.of() : file.problems();
    }

    private Optional<RecordedDeployment> found(String owner, DeploymentResult result, Date now) {
        readAgain();
        Optional<RecordedDeployment> after = attempts.found(owner, before -> before.found(result, now));
        after.ifPresent(deployment -> {
            deployment.audit("adopted", run, result.record().id());
            file.saveSoon(this::stored);
        });
        return after;
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
        return attempts.all();
    }

    /** How many there were beside those that are still here. */
    @Exported(visibility = 2)
    public int getLeftOut() {
        return attempts.leftOut();
    }

    /** How many there were in all; asked for after the deployments. */
    public int getTotal() {
        return attempts.all().size() + attempts.leftOut();
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
        attempts = new KeptAttempts();
        attempts.putBefore(file.read());
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
