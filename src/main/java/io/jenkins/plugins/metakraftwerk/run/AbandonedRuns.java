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
 * Finds out what became of the runs that nobody goes on with, since Jenkins ended before they did: those of freestyle
 * builds, and of Pipelines that Jenkins did not bring back, or whose program it brought back from before they began. Shows
 * it where their own end would stand, once their build is over.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class AbandonedRuns extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(AbandonedRuns.class.getName());

    /** Those that a step of this Jenkins has: it ends them, perhaps a little after its build. */
    private final Set<String> withStep = ConcurrentHashMap.newKeySet();

    /** Those whose search has begun; it takes a while until they are not left any more. Guarded by this. */
    private final Set<String> sought = new HashSet<>();

    private final AtomicBoolean comes = new AtomicBoolean();

    /** Whose runs these are; null until all is loaded. */
    private volatile Jenkins jenkins;

    @NonNull
    static AbandonedRuns get() {
        return ExtensionList.lookupSingleton(AbandonedRuns.class);
    }

    /** Jenkins has brought back the step of a run. Does not block. */
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
     * What has not come back by now is gone, as for whoever waits for it. Not so for a Jenkins that has begun since in this
     * process, which may only be about to load its jobs.
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

    /** A build is over that may have left some. Does not block. */
    void accountSoon() {
        if (!comes.getAndSet(true)) {
            Threads.certainly(() -> account(false));
        }
    }

    /** @param isLast whether what is not there will not come any more */
    private synchronized void account(boolean isLast) {
        comes.set(false);
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

    /** Nothing brings back the attempts of a build that is over. Does not block. */
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
            // Its names were longer than what is kept of them.
            LOGGER.log(Level.FINE, e, () -> "Not looked for: " + run);
            LostRuns.giveUp(run, build);
            return;
        }
        Optional<AttemptRecord> shown = BuildDeploymentsAction.find(build, run.owner());
        if (shown.isPresent() && !shown.get().unknown()) {
            // A crash may have come before it was shown elsewhere.
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
        if (sought.contains(run.owner())) {
            return;
        }
        BuildRun search = new BuildRun(attempt, TaskListener.NULL, run.state(), ResumeGuarantee.NONE);
        sought.add(run.owner());
        ReadRetries.ReadCall<DeploymentResult> way = search.findOut();
        VirtualThreads.start(() -> findOut(way, attempt.build()));
    }

    private static void findOut(ReadRetries.ReadCall<DeploymentResult> way, Run<?, ?> build) {
        try {
            way.read();
        } catch (InterruptedException e) {
            // Jenkins stops.
            return;
        } catch (MetaKraftwerkException | RuntimeException | Error e) {
            // It is shown.
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
