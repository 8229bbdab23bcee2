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
 * Shows how attempts have ended, one after another: on the page of their build, in each {@link AttemptView}, and then tells
 * the listeners. Whoever shows one goes on when it is shown, but never waits long for a disk that hangs.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class AttemptViews {

    /** How long whoever has deployed waits until that is shown. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long an aborted build waits for what it shows; with the run's own last look, less than a second. */
    public static final Duration PATIENCE_OF_ABORT = Duration.ofMillis(300);

    private static final Logger LOGGER = Logger.getLogger(AttemptViews.class.getName());

    /** More wait only where a disk hangs for long. */
    private static final int MOST = 10_000;

    private final Executor thread = Threads.oneByOne("views", MOST);

    /** Those that were not waited for to their end, and have perhaps not ended yet. */
    private final Set<Signal> hanging = ConcurrentHashMap.newKeySet();

    @NonNull
    private static AttemptViews get() {
        return ExtensionList.lookupSingleton(AttemptViews.class);
    }

    /**
     * Shows an attempt that has ended. The same again doubles nothing. Blocks for a while at most, and never fails.
     *
     * @return whether it is shown by now
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

    /** The same of a build that Jenkins cannot load: beside its page only, and nobody is told who would want that build. */
    static boolean showWithoutBuild(Job<?, ?> job, AttemptRecord attempt) {
        return get().inTurn(() -> showBeside(job, attempt), PATIENCE);
    }

    /** What has just come to the page of its build. */
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

    /** Puts the record of an attempt, perhaps of another build, in the place of its unknown outcome; as {@link #show}. */
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

    /** Shows how an attempt of a job has ended after all, also where its build is gone; as {@link #show}. */
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

    /** Waits until what was to be shown is shown, since Jenkins stops; not for long. */
    static void finish() {
        get().inTurn(() -> {}, PATIENCE);
    }
}
