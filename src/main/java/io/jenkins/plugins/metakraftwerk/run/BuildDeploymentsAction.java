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

/** Section 'MetaKraftwerk deployments' of a build, with its page and its part of the remote API. */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class BuildDeploymentsAction implements RunAction2 {

    private static final Logger LOGGER = Logger.getLogger(BuildDeploymentsAction.class.getName());

    /** Maximum number of attempts in the summary, which then points to the page. */
    private static final int SHOWN = 5;

    private transient Run<?, ?> run;

    /** Null until the action is attached to its build, which happens after others can see it. */
    private transient volatile DeploymentsFile file;

    private BuildDeploymentsAction() {}

    /**
     * Adds an attempt to a build. The build has each run once: a later end of the same run, as after a restart,
     * replaces the earlier one. May block.
     *
     * @return true if it is news; false if as much or more is known already
     */
    static boolean record(Run<?, ?> run, AttemptRecord attempt) {
        BuildDeploymentsAction action = run.getAction(BuildDeploymentsAction.class);
        // Without the lock if possible, since Jenkins holds it while it saves the build.
        if (action == null || action.file == null) {
            action = attach(run);
        }
        return action.file.put(attempt);
    }

    /**
     * Replaces the unknown outcome of an attempt by its record, if the build shows the attempt. May block.
     *
     * @return the attempt as it is shown now; empty if the build does not show it, or if its outcome was known already
     */
    static Optional<AttemptRecord> found(Run<?, ?> run, String owner, DeploymentResult result, Instant now) {
        return file(run)
                .flatMap(file -> file.found(
                        owner,
                        before -> before.withJob(run.getParent().getFullName())
                                .found(result, RunMemory.coordination().ledger().span(owner), now)));
    }

    /** Returns the attempt that a build shows for a run. May block. */
    static Optional<AttemptRecord> find(Run<?, ?> run, String owner) {
        return file(run).flatMap(file -> file.attempts().get(owner));
    }

    /** Returns true if a build shows one of these attempts, or may have shown it. May block. */
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

    /**
     * Saves a build that is over. Jenkins saves it at its end only, so that a later action would be gone after a
     * restart.
     */
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

    /** Returns messages about missing attempts. Called after the attempts were read. */
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

    /** Returns the number of attempts that are no longer kept. */
    @Exported(visibility = 2)
    public int getLeftOut() {
        return file == null ? 0 : file.attempts().leftOut();
    }

    /** Returns the number of all attempts. Called after the attempts were read. */
    public int getTotal() {
        return getDeployments().size() + getLeftOut();
    }

    /** Returns the last few attempts, in their order. */
    public List<AttemptInBuild> getLatest() {
        List<AttemptInBuild> all = getDeployments();
        return all.subList(Math.max(0, all.size() - SHOWN), all.size());
    }

    public boolean isMore() {
        return getDeployments().size() > SHOWN;
    }

    /** Returns the build. The page of Jenkins that includes this one expects this name. */
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
