package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Shows how attempts have ended, one after another: first on the page of their build, then in each {@link AttemptView}.
 * Then it tells the listeners. A caller goes on when its attempt is shown, but never waits long for a disk that hangs.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class AttemptViews {

    /** Maximum time that a run waits until its attempt is shown. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * Maximum time that an aborted build waits until its attempt is shown. Together with the last read of the run
     * itself, less than a second.
     */
    public static final Duration PATIENCE_OF_ABORT = Duration.ofMillis(300);

    private static final Logger LOGGER = Logger.getLogger(AttemptViews.class.getName());

    /** Maximum number of waiting tasks, reached only if a disk hangs for long. */
    private static final int MOST = 10_000;

    private final Executor thread = Threads.oneByOne("views", MOST);

    /** Signals of tasks that nobody waited for to their end, and that may still go on. */
    private final Set<Signal> hanging = ConcurrentHashMap.newKeySet();

    @NonNull
    private static AttemptViews get() {
        return ExtensionList.lookupSingleton(AttemptViews.class);
    }

    /**
     * Shows an attempt that has ended. Showing the same again adds nothing. Waits for a while at most, and never fails.
     *
     * @return true if it is shown by now
     */
    public static boolean show(Run<?, ?> run, AttemptRecord attempt) {
        return show(run, attempt, PATIENCE);
    }

    static boolean show(Run<?, ?> run, AttemptRecord attempt, Duration patience) {
        return get().inTurn(() -> showNow(run, attempt), patience);
    }

    private static void showNow(Run<?, ?> run, AttemptRecord attempt) {
        if (BuildDeploymentsAction.record(run, attempt)) {
            showNews(run, attempt);
        } else if (BuildDeploymentsAction.find(run, attempt.owner())
                .filter(attempt::equals)
                .isPresent()) {
            showBeside(run.getParent(), attempt);
        }
    }

    /**
     * Shows an attempt of a build that Jenkins cannot load, in each {@link AttemptView} only. Listeners are not told,
     * since they expect the build.
     */
    static boolean showWithoutBuild(Job<?, ?> job, AttemptRecord attempt) {
        return get().inTurn(() -> showBeside(job, attempt), PATIENCE);
    }

    /** Shows an attempt that is new on the page of its build. */
    private static void showNews(Run<?, ?> run, AttemptRecord attempt) {
        showBeside(run.getParent(), attempt);
        DeploymentEvents.get().tell(run, attempt);
    }

    private static void showBeside(Job<?, ?> job, AttemptRecord attempt) {
        for (AttemptView view : AttemptView.all()) {
            try {
                view.show(job, attempt);
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, e, () -> "Could not show a deployment of " + job);
            }
        }
    }

    /**
     * Replaces the unknown outcome of an attempt, perhaps of another build, by its record. Waits and fails as
     * {@link #show} does.
     */
    static void found(String owner, DeploymentResult result) {
        get().inTurn(() -> RunOwner.find(owner).ifPresent(run -> found(run, owner, result)), PATIENCE);
    }

    private static void found(Run<?, ?> run, String owner, DeploymentResult result) {
        Instant now = Threads.timing().now();
        BuildDeploymentsAction.found(run, owner, result, now).ifPresent(attempt -> {
            AuditLog.get().add(AuditLine.forEvent("adopted", attempt));
            showNews(run, attempt);
        });
    }

    /**
     * Shows how an attempt of a job has ended after all, even if its build is gone. Waits and fails as {@link #show}
     * does.
     */
    static void settled(Job<?, ?> job, AttemptRecord end) {
        get().inTurn(
                        () -> {
                            Run<?, ?> run = job.getBuildByNumber(end.number());
                            boolean shown = run != null
                                    && BuildDeploymentsAction.find(run, end.owner())
                                            .isPresent();
                            if (shown) {
                                showNow(run, end);
                            } else {
                                showBeside(job, end);
                            }
                        },
                        PATIENCE);
    }

    private boolean inTurn(Runnable task, Duration patience) {
        Signal shown = new Signal();
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } finally {
                    shown.give();
                }
            });
        } catch (RuntimeException | Error e) {
            LOGGER.log(
                    Level.WARNING, e, () -> "A deployment is shown nowhere, since the disk of those before it hangs");
            return false;
        }
        hanging.removeIf(Signal::isGiven);
        if (!hanging.isEmpty()) {
            return false;
        }
        if (shown.isSoon(Threads.timing(), patience)) {
            return true;
        }
        LOGGER.warning("The disk hangs where deployments are shown; nobody waits for it before it goes on");
        hanging.add(shown);
        return false;
    }

    /** Waits a short time until all is shown, since Jenkins stops. */
    static void finish() {
        get().inTurn(() -> {}, PATIENCE);
    }
}
