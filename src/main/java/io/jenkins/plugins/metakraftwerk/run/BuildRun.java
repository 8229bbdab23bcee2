package io.jenkins.plugins.metakraftwerk.run;

import hudson.AbortException;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.Aborted;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentRun;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity;
import io.jenkins.plugins.metakraftwerk.deploy.RunListener;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One deployment of a Jenkins build: the run, assembled of all that it needs of Jenkins. */
public final class BuildRun {

    private final Attempt attempt;
    private final DeploymentRun run;
    private boolean started;
    private boolean aborted;

    /**
     * Looks up what the run needs, which may block.
     *
     * @param store keeps each new state; its future completes when the state would survive a crash
     * @throws AbortException if the server or the credential is not there, or the build can have no id
     */
    public BuildRun(Attempt attempt, TaskListener listener, Function<DeploymentState, CompletableFuture<?>> store)
            throws AbortException {
        this.attempt = attempt;
        RunLog print = new RunLog(listener, attempt.target());
        run = new DeploymentRun(
                RunMemory.coordination(),
                new PinnedConnection(attempt.build(), attempt.target()),
                attempt.plan(),
                attempt.identity(),
                new Listener(print, attempt, store));
        print.accept(attempt.target().credential());
    }

    /**
     * Runs to the end, and shows it. Fails with {@link MetaKraftwerkException}, or is cancelled by {@link #abort}; after
     * that, nothing begins.
     */
    public synchronized CompletableFuture<DeploymentResult> start(DeploymentState from) {
        if (aborted) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        boolean fresh = from.phase() == Phase.PLANNED && !from.doubted();
        Optional<Text> closed = fresh ? attempt.closed() : Optional.empty();
        started = closed.isEmpty();
        return closed.map(BuildRun::notBegun)
                .orElseGet(() -> run.start(from))
                .whenCompleteAsync(this::show, Threads.work());
    }

    private static CompletableFuture<DeploymentResult> notBegun(Text reason) {
        return CompletableFuture.failedFuture(MetaKraftwerkException.refusedLocally(Text.of("run.notBegun", reason)));
    }

    private void show(DeploymentResult result, Throwable failure) {
        if (failure == null) {
            attempt.ended(result);
        } else if (!(Futures.cause(failure) instanceof CancellationException)) {
            attempt.failed(Futures.cause(failure));
        }
    }

    /** Ends the run, without blocking. Empty where it has not been started; else the caller shows what is left of it. */
    public synchronized Optional<CompletableFuture<Aborted>> abort() {
        aborted = true;
        return started ? Optional.of(run.abort()) : Optional.empty();
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
        public Optional<Text> sends() {
            return attempt.sends();
        }

        @Override
        public void late(DeploymentResult result) {
            attempt.ended(result);
        }

        @Override
        public void found(String owner, DeploymentResult result) {
            Attempt.found(owner, result);
        }

        @Override
        public Optional<String> buildName(RunIdentity.Place build) {
            return Owner.name(build);
        }
    }
}
