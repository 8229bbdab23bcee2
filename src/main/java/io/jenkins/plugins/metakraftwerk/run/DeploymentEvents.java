package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tells the listeners how attempts have ended, each at its own pace. */
@Extension
@Restricted(NoExternalUse.class)
public final class DeploymentEvents {

    private static final Logger LOGGER = Logger.getLogger(DeploymentEvents.class.getName());

    private final Untold untold = new Untold(Jenkins.get().getRootDir().toPath());

    /** One thing after another for each listener, by its name. */
    private final Map<String, Executor> queues = new ConcurrentHashMap<>();

    @NonNull
    public static DeploymentEvents get() {
        return ExtensionList.lookupSingleton(DeploymentEvents.class);
    }

    /** Before Pipelines go on, so that what they tell comes after what was left. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void begin() {
        get().tellWhatIsLeft();
    }

    private void tellWhatIsLeft() {
        untold.read().forEach(left -> {
            try {
                find(left.event()).ifPresentOrElse(run -> tell(run, left), () -> untold.forget(left.event()));
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, e, () -> "Could not tell of " + left.event());
            }
        });
    }

    private static Optional<Run<?, ?>> find(DeploymentEvent event) {
        return Owner.find("@" + event.job() + "#" + event.number());
    }

    private void tell(Run<?, ?> run, Untold.Waiting left) {
        DeploymentListener.all().stream()
                .filter(listener -> left.listeners().contains(name(listener)))
                .forEach(listener -> hand(listener, run, left.event()));
    }

    /** Tells it to all. May block, for as long as it takes to write a line, and never fails. */
    void tell(Run<?, ?> run, RecordedDeployment entry) {
        try {
            DeploymentEvent event = DeploymentEvent.of(run, entry);
            Set<String> names = DeploymentListener.all().stream()
                    .map(DeploymentEvents::name)
                    .collect(Collectors.toSet());
            if (names.isEmpty()) {
                return;
            }
            if (untold.isUnread()) {
                tellWhatIsLeft();
            }
            untold.add(event, names);
            DeploymentListener.all().forEach(listener -> hand(listener, run, event));
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not tell of a deployment of " + run);
        }
    }

    private void hand(DeploymentListener listener, Run<?, ?> run, DeploymentEvent event) {
        String name = name(listener);
        try {
            queue(name).execute(() -> {
                tell(listener, run, event);
                untold.told(event, name);
            });
        } catch (RejectedExecutionException e) {
            LOGGER.warning(() -> name + " hangs, and is not told of a deployment of " + run);
        }
    }

    private static void tell(DeploymentListener listener, Run<?, ?> run, DeploymentEvent event) {
        try {
            listener.tell(run, event);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> listener.getClass().getName() + " failed to hear of a deployment of " + run);
        }
    }

    private Executor queue(String name) {
        return queues.computeIfAbsent(name, key -> Threads.oneByOne("listener", Untold.MOST));
    }

    private static String name(DeploymentListener listener) {
        return listener.getClass().getName();
    }

    /** Completes when that listener has heard all that has ended before this call; at once where it hangs. */
    public CompletableFuture<Void> heardBy(DeploymentListener listener) {
        try {
            return CompletableFuture.runAsync(() -> {}, queue(name(listener)));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
