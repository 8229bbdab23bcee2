package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.server.AtStart;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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

    /** By the names of the listeners. */
    private final Map<String, Telling> tellings = new ConcurrentHashMap<>();

    @NonNull
    public static DeploymentEvents get() {
        return ExtensionList.lookupSingleton(DeploymentEvents.class);
    }

    /** Before Pipelines go on, so that what they tell comes after what was left. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void begin() {
        AtStart.alone("What is left to tell of deployments is told with the next one", () -> get().recall());
    }

    /** Where it cannot be read at the start, with the next deployment. */
    private void recall() {
        if (untold.recall()) {
            all().forEach(Telling::begin);
        }
    }

    private List<Telling> all() {
        return DeploymentListener.all().stream().map(this::telling).toList();
    }

    private Telling telling(DeploymentListener listener) {
        return tellings.computeIfAbsent(listener.getClass().getName(), name -> new Telling(listener, untold));
    }

    /** Tells it to all. May block, for as long as it takes to write a line, and never fails. */
    void tell(Run<?, ?> run, RecordedDeployment entry) {
        try {
            DeploymentEvent event = DeploymentEvent.of(run, entry);
            List<Telling> all = all();
            if (all.isEmpty()) {
                return;
            }
            recall();
            untold.add(event, all.stream().map(Telling::name).collect(Collectors.toSet()));
            all.forEach(telling -> telling.hand(run, event));
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not tell of a deployment of " + run);
        }
    }

    /** A job is called otherwise, or is in another folder; null where it was deleted. May block likewise. */
    void moved(String job, String now) {
        untold.moved(job, now);
    }

    /** Completes when that listener has heard all that has ended before this call; at once where it hangs. */
    public CompletableFuture<Void> heardBy(DeploymentListener listener) {
        return telling(listener).heard();
    }
}
