package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Api;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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
    static boolean record(Run<?, ?> run, AttemptRecord attempt) {
        BuildDeploymentsAction action = run.getAction(BuildDeploymentsAction.class);
        // Without the lock where that will do, since Jenkins holds it while it saves the build.
        if (action == null || action.file == null) {
            action = attach(run);
        }
        return action.file.put(attempt);
    }

    /**
     * Puts the record of an attempt in the place of its unknown outcome, if the build shows that. May block.
     *
     * @return what it shows now; empty where it did not show that
     */
    static Optional<AttemptRecord> found(Run<?, ?> run, String owner, DeploymentResult result, Instant now) {
        return file(run)
                .flatMap(file -> file.found(
                        owner,
                        before -> before.withJob(run.getParent().getFullName())
                                .found(result, RunMemory.coordination().ledger().span(owner), now)));
    }

    /** What a build shows of a run. May block. */
    static Optional<AttemptRecord> find(Run<?, ?> run, String owner) {
        return file(run).flatMap(file -> file.attempts().get(owner));
    }

    /** Whether a build shows one of these attempts, or may have shown it. May block. */
    static boolean mayShow(Run<?, ?> run, Predicate<AttemptRecord> which) {
        return file(run).filter(file -> file.mayHave(which)).isPresent();
    }

    private static Optional<DeploymentsFile> file(Run<?, ?> run) {
        return Optional.ofNullable(run.getAction(BuildDeploymentsAction.class)).map(action -> action.file);
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
            BuildFolders.save(run);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not save that there are deployments of " + run);
        }
    }

    /** What is missing here, in words; asked for after the deployments. */
    public List<String> getProblems() {
        return file == null ? List.of() : file.problems();
    }

    @NonNull
    @Exported(visibility = 2)
    public List<AttemptInBuild> getDeployments() {
        return file == null
                ? List.of()
                : file.attempts().all().stream()
                        .map(attempt -> new AttemptInBuild(attempt, run))
                        .toList();
    }

    public Api getApi() {
        return new Api(this);
    }

    /** How many there were beside those that are still here. */
    @Exported(visibility = 2)
    public int getLeftOut() {
        return file == null ? 0 : file.attempts().leftOut();
    }

    /** How many there were in all; asked for after the deployments. */
    public int getTotal() {
        return getDeployments().size() + getLeftOut();
    }

    /** The last few, in their order. */
    public List<AttemptInBuild> getLatest() {
        List<AttemptInBuild> all = getDeployments();
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
