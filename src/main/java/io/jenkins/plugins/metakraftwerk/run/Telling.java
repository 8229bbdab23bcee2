package io.jenkins.plugins.metakraftwerk.run;

import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells one listener how attempts have ended, one after another, in the order in which they did. What finds no room here is
 * told when the listener goes on: nobody forgets it who has stored it.
 */
final class Telling {

    /** So many builds are held at most. */
    static final int MOST = 1_000;

    private static final Logger LOGGER = Logger.getLogger(Telling.class.getName());

    private final DeploymentListener listener;
    private final Untold untold;
    private final Executor thread = Threads.oneByOne("listener", MOST);

    /** Whether there may be something that nobody holds but {@link Untold}; what comes then comes after it. Guarded by this. */
    private boolean behind;

    /** Whether somebody is about to tell that. Guarded by this. */
    private boolean catching;

    Telling(DeploymentListener listener, Untold untold) {
        this.listener = listener;
        this.untold = untold;
    }

    String name() {
        return listener.getClass().getName();
    }

    /** Tells what the last life of this Jenkins left. */
    synchronized void begin() {
        if (untold.isLeft(name())) {
            behind = true;
            catchSoon();
        }
    }

    /** @param event stored already */
    synchronized void hand(Run<?, ?> run, DeploymentEvent event) {
        if (!behind) {
            try {
                thread.execute(() -> goOn(run, event));
                return;
            } catch (RejectedExecutionException e) {
                behind = true;
                LOGGER.warning(() -> name() + " has not heard of " + MOST
                        + " deployments yet. It hears of further ones when it goes on.");
            }
        }
        catchSoon();
    }

    private void catchSoon() {
        if (catching) {
            return;
        }
        try {
            thread.execute(this::catchUp);
            catching = true;
        } catch (RejectedExecutionException e) {
            // Then there is something in the queue that does it when it ends.
            LOGGER.log(Level.FINE, e, () -> name() + " is busy");
        }
    }

    private void goOn(Run<?, ?> run, DeploymentEvent event) {
        // Not where it was caught up with meanwhile.
        if (untold.isLeft(event, name())) {
            tell(run, event);
            untold.told(event, name());
        }
        if (isBehind()) {
            catchUp();
        }
    }

    private synchronized boolean isBehind() {
        return behind;
    }

    private void catchUp() {
        try {
            do {
                List<DeploymentEvent> next = untold.next(name(), MOST);
                next.forEach(this::tellOfFound);
            } while (!isUpToDate());
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> name() + " hears of the rest with the next deployment");
        } finally {
            end();
        }
    }

    private synchronized boolean isUpToDate() {
        behind = untold.isLeft(name());
        return !behind;
    }

    private synchronized void end() {
        catching = false;
    }

    private void tellOfFound(DeploymentEvent event) {
        Owner.find(event).ifPresent(run -> tell(run, event));
        untold.told(event, name());
    }

    private void tell(Run<?, ?> run, DeploymentEvent event) {
        try {
            listener.tell(run, event);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> name() + " failed to hear of a deployment of " + run);
        }
    }

    /** Completes when the listener has heard all that was handed over before; at once where it hangs. */
    CompletableFuture<Void> heard() {
        try {
            return CompletableFuture.runAsync(() -> {}, thread);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
