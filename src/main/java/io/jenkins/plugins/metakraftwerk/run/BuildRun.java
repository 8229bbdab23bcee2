package io.jenkins.plugins.metakraftwerk.run;

import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.Aborted;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptSource;
import io.jenkins.plugins.metakraftwerk.deploy.Connection;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentRun;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Standing;
import io.jenkins.plugins.metakraftwerk.deploy.Destination;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity;
import io.jenkins.plugins.metakraftwerk.deploy.RunListener;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One deployment of a Jenkins build: the run, assembled of all that it needs of Jenkins. */
public final class BuildRun {

    private static final Logger LOGGER = Logger.getLogger(BuildRun.class.getName());

    private final Attempt attempt;
    private final DeploymentRun run;

    /**
     * Reads what is remembered of earlier runs, so it may block.
     *
     * @param from where it begins, or how far it came before a restart
     * @param store keeps each new state; its future completes when the state would survive a crash
     */
    public BuildRun(
            Attempt attempt,
            TaskListener listener,
            DeploymentState from,
            Function<DeploymentState, CompletableFuture<?>> store) {
        this.attempt = attempt;
        if (from.standing() != Standing.NOTHING_SENT) {
            attempt.hasSent();
        }
        RunLog print = new RunLog(listener, attempt.target());
        run = new DeploymentRun(
                RunMemory.coordination(),
                new Way(attempt, print, from),
                attempt.plan(),
                attempt.identity(),
                new Listener(print, attempt, store),
                from);
    }

    /**
     * Runs to the end, and shows it. Fails with {@link MetaKraftwerkException}, or is cancelled by {@link #abort}; after
     * that, nothing begins.
     */
    public CompletableFuture<DeploymentResult> start() {
        return shown(run.start());
    }

    /** Goes on after a restart, and to the end as {@link #start}. What it needs for that may come late: it is waited for. */
    public CompletableFuture<DeploymentResult> resume() {
        return shown(run.resume());
    }

    /** The same outcome, once it is shown; whatever becomes of that, who waits for it gets it. */
    private CompletableFuture<DeploymentResult> shown(CompletableFuture<DeploymentResult> ended) {
        CompletableFuture<DeploymentResult> told = new CompletableFuture<>();
        ended.whenComplete((result, failure) -> {
            try {
                Threads.work().execute(() -> {
                    try {
                        show(result, failure);
                    } finally {
                        tell(told, result, failure);
                    }
                });
            } catch (RuntimeException | Error e) {
                tell(told, result, failure);
                Threads.certainly(() -> show(result, failure));
            }
        });
        return told;
    }

    private static void tell(CompletableFuture<DeploymentResult> told, DeploymentResult result, Throwable failure) {
        if (failure == null) {
            told.complete(result);
        } else {
            told.completeExceptionally(new CompletionException(Futures.cause(failure)));
        }
    }

    private void show(DeploymentResult result, Throwable failure) {
        if (failure == null) {
            attempt.ended(result);
        } else if (!(Futures.cause(failure) instanceof CancellationException)) {
            attempt.failed(Futures.cause(failure));
        }
    }

    /** Ends the run, whether or not it has begun, without blocking; the caller shows what is left of it. */
    public CompletableFuture<Aborted> abort() {
        return run.abort();
    }

    /** The server and the credential of the attempt, as they are now. */
    private record Way(Attempt attempt, RunLog print, DeploymentState from) implements Destination {

        @Override
        public ServerUrl server() {
            return attempt.server();
        }

        @Override
        public AttemptSource source() {
            return attempt.source();
        }

        @Override
        public Connection connect() throws MetaKraftwerkException {
            Connection connection = attempt.connect();
            say(attempt.target().credential());
            if (from.phase() == Phase.PLANNED && from.standing() == Standing.NOTHING_SENT) {
                attempt.requireOpen();
            }
            return connection;
        }

        private void say(Text text) {
            try {
                print.accept(text);
            } catch (RuntimeException | Error e) {
                // No reason not to deploy, or to lose sight of what was deployed.
                LOGGER.log(Level.WARNING, e, () -> "Could not log: " + text);
            }
        }
    }

    private record Listener(RunLog print, Attempt attempt, Function<DeploymentState, CompletableFuture<?>> keep)
            implements RunListener {

        @Override
        public void log(Text line) {
            print.accept(line);
        }

        @Override
        public CompletableFuture<?> store(DeploymentState next) {
            return keep.apply(next);
        }

        @Override
        public CompletableFuture<Optional<Text>> sends() {
            return attempt.sends();
        }

        @Override
        public void late(DeploymentResult result) {
            attempt.ended(result);
        }

        @Override
        public void found(String owner, DeploymentResult result) {
            Views.found(owner, result);
        }

        @Override
        public Optional<String> buildName(RunIdentity.Place build) {
            return Owner.name(build);
        }
    }
}
