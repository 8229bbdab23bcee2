package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tells the listeners how attempts have ended, each at its own pace and in the order in which they did. */
@Extension
@Restricted(NoExternalUse.class)
public final class DeploymentEvents {

    /** So many wait for one listener; more only where it hangs. */
    static final int MOST = 10_000;

    private static final Logger LOGGER = Logger.getLogger(DeploymentEvents.class.getName());

    private final Map<DeploymentListener, Executor> threads = new ConcurrentHashMap<>();

    @NonNull
    public static DeploymentEvents get() {
        return ExtensionList.lookupSingleton(DeploymentEvents.class);
    }

    private Executor thread(DeploymentListener listener) {
        return threads.computeIfAbsent(listener, any -> Threads.oneByOne("listener", MOST));
    }

    /** Tells it to all. Neither blocks nor fails. */
    void tell(Run<?, ?> run, AttemptRecord attempt) {
        for (DeploymentListener listener : DeploymentListener.all()) {
            try {
                thread(listener).execute(() -> tell(listener, run, attempt));
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, e, () -> name(listener) + " does not hear of a deployment of " + run);
            }
        }
    }

    private static void tell(DeploymentListener listener, Run<?, ?> run, AttemptRecord attempt) {
        try {
            listener.tell(run, attempt);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> name(listener) + " failed to hear of a deployment of " + run);
        }
    }

    private static String name(DeploymentListener listener) {
        return listener.getClass().getName();
    }

    /** Comes when that listener has heard all that has ended before this call; at once where it hangs. */
    public Signal heardBy(DeploymentListener listener) {
        Signal heard = new Signal();
        try {
            thread(listener).execute(heard::give);
        } catch (RejectedExecutionException e) {
            heard.give();
        }
        return heard;
    }
}
