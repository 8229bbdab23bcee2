package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Standing;
import io.jenkins.plugins.metakraftwerk.deploy.Ledger;
import io.jenkins.plugins.metakraftwerk.deploy.OpenRun;
import io.jenkins.plugins.metakraftwerk.server.StartupTask;
import io.jenkins.plugins.metakraftwerk.server.Target;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Finds out the outcome of runs that were open when Jenkins ended and that nobody goes on with. These are runs of
 * freestyle builds. They are also runs of Pipelines that Jenkins did not bring back, or brought back from a state
 * before the run began. When the build of such a run is over, shows the outcome where the run itself would have shown
 * it.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class AbandonedRuns extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(AbandonedRuns.class.getName());

    /** Owners of runs that a step of this Jenkins has. The step ends them, perhaps a little after its build. */
    private final Set<String> withStep = ConcurrentHashMap.newKeySet();

    /**
     * Owners of runs whose search has begun. It takes a while until the ledger no longer lists them. Guarded by this.
     */
    private final Set<String> searching = new HashSet<>();

    private final AtomicBoolean accountingSoon = new AtomicBoolean();

    /** The Jenkins that has these runs; null until all jobs are loaded. */
    private volatile Jenkins jenkins;

    @NonNull
    static AbandonedRuns get() {
        return ExtensionList.lookupSingleton(AbandonedRuns.class);
    }

    /** Notes that Jenkins has brought back the step of a run. Does not block. */
    public static void hasStep(String owner) {
        get().withStep.add(owner);
    }

    @Override
    public void onLoaded() {
        jenkins = Jenkins.get();
        StartupTask.alone("Nobody finds out what became of the deployments that a stop of Jenkins has ended", () -> {
            Threads.certainly(() -> {
                forgetEnded(false);
                account(false);
            });
            accountLater();
        });
    }

    private void accountLater() {
        Threads.timing().later(Ledger.GOES_ON, () -> Threads.certainly(this::accountLast));
    }

    /**
     * Accounts for all runs that have not come back by now, as other runs stop waiting for them too. Does nothing if
     * another Jenkins has begun in this process since, which may only be about to load its jobs.
     */
    void accountLast() {
        if (Jenkins.getInstanceOrNull() != jenkins) {
            return;
        }
        Ledger ledger = RunMemory.coordination().ledger();
        ledger.look()
                .future()
                .thenRun(() -> Threads.certainly(() -> {
                    forgetEnded(true);
                    account(true);
                }));
        if (ledger.mayLack()) {
            accountLater();
        }
    }

    /** Accounts for the runs that a build may have left when it ended. Does not block. */
    void accountSoon() {
        if (!accountingSoon.getAndSet(true)) {
            Threads.certainly(() -> account(false));
        }
    }

    /** @param isLast true if builds and steps that are missing now will not come back */
    private synchronized void account(boolean isLast) {
        accountingSoon.set(false);
        for (OpenRun run : RunMemory.coordination().ledger().left()) {
            try {
                if (isLast || !withStep.contains(run.owner())) {
                    account(run, isLast);
                }
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, e, () -> "Could not find out what became of " + run.owner());
            }
        }
    }

    private static void forgetEnded(boolean isLast) {
        Ledger ledger = RunMemory.coordination().ledger();
        ledger.endedByBuild().forEach((id, run) -> {
            Optional<Run<?, ?>> build = RunOwner.find(run);
            if (build.isEmpty() ? isLast : !build.get().isBuilding()) {
                ledger.buildOver(id);
            }
        });
    }

    /** Forgets the attempts of a build that is over, which nothing brings back. Does not block. */
    static void forget(Run<?, ?> build) {
        Ledger ledger = RunMemory.coordination().ledger();
        if (ledger.isAnyEnded()) {
            Threads.certainly(() -> JenkinsBuildId.ifAny(build).ifPresent(ledger::buildOver));
        }
    }

    private void account(OpenRun run, boolean isLast) {
        Optional<Run<?, ?>> build = RunOwner.find(run.owner());
        if (build.isEmpty()) {
            if (isLast) {
                LostRuns.giveUp(run);
            }
        } else if (!build.get().isBuilding()) {
            findOut(build.get(), run);
            forget(build.get());
        }
    }

    private void findOut(Run<?, ?> build, OpenRun run) {
        DeploymentAttempt attempt;
        try {
            Target target = Target.kept(run.source(), run.server());
            attempt = new DeploymentAttempt(
                    build,
                    run.owner(),
                    target,
                    fields(run.request()),
                    run.source().step());
        } catch (MetaKraftwerkException e) {
            // The names were longer than the ledger stores.
            LOGGER.log(Level.FINE, e, () -> "Not looked for: " + run);
            LostRuns.giveUp(run, build);
            return;
        }
        Optional<AttemptRecord> shown = BuildDeploymentsAction.find(build, run.owner());
        if (shown.isPresent() && !shown.get().unknown()) {
            // A crash may have come before the other views showed it.
            AttemptViews.show(build, shown.get());
            RunMemory.coordination().ledger().close(run);
            return;
        }
        if (run.state().standing() == Standing.MAY_HAVE_SENT) {
            seek(attempt, run);
            return;
        }
        show(attempt, run);
        RunMemory.coordination().ledger().close(run);
    }

    private void seek(DeploymentAttempt attempt, OpenRun run) {
        if (searching.contains(run.owner())) {
            return;
        }
        BuildRun search = new BuildRun(attempt, TaskListener.NULL, run.state(), ResumeGuarantee.NONE);
        searching.add(run.owner());
        ReadRetries.ReadCall<DeploymentResult> outcome = search.findOut();
        VirtualThreads.start(() -> findOut(outcome, attempt.build()));
    }

    private static void findOut(ReadRetries.ReadCall<DeploymentResult> outcome, Run<?, ?> build) {
        try {
            outcome.read();
        } catch (InterruptedException e) {
            // Jenkins stops.
            return;
        } catch (MetaKraftwerkException | RuntimeException | Error e) {
            // The run itself has shown it.
        }
        Threads.certainly(() -> forget(build));
    }

    private static void show(DeploymentAttempt attempt, OpenRun run) {
        if (run.state().standing() == Standing.ENDED) {
            attempt.hasSent();
            attempt.ended(run.state().result());
        } else {
            attempt.failed(false, Messages.left_nothingSent());
        }
    }

    private static DeploymentFields fields(DeploymentRequest request) {
        return new DeploymentFields(text(request.buildId()))
                .pattern(request.pattern(), text(request.patternId()))
                .deployment(request.deployment(), text(request.deploymentId()))
                .agent(request.agent(), text(request.agentId()))
                .agentGroup(request.agentGroup(), text(request.agentGroupId()));
    }

    private static String text(Long id) {
        return id == null ? null : id.toString();
    }
}
