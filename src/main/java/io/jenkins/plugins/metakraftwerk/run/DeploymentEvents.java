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

/**
 * Tells the listeners how attempts have ended. Each listener has a thread of its own and hears of attempts in the order
 * in which they ended.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class DeploymentEvents {

    /** Maximum number of events that wait for a listener, reached only if it hangs. */
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

    /** Tells all listeners. Neither blocks nor fails. */
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

    /**
     * Returns a signal that is given when the listener has heard of all attempts that ended before this call; at once
     * if the listener hangs.
     */
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
