package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Says whether a run that is being aborted has deployed, as far as can be found out in less than a second. */
final class AbortReport {

    private static final Duration PATIENCE = Duration.ofMillis(600);

    /** Wait for no log and no save. */
    private final RunParts parts;

    private final Executor serial;
    private final RunListener listener;
    private final CompletableFuture<Aborted> report = new CompletableFuture<>();

    AbortReport(RunParts parts, RunListener listener) {
        this.parts = parts.unhindered();
        serial = parts.serial();
        this.listener = listener;
    }

    /**
     * What is known of a run in its last state.
     *
     * @param sent the request on its way, or null if this run has sent none since the controller was started
     * @param resumed whether it may have sent one before that
     */
    CompletableFuture<Aborted> of(DeploymentState last, CompletableFuture<BuildDeployment> sent, boolean resumed) {
        if (last.phase() == Phase.DONE) {
            DeploymentResult result = last.result();
            return CompletableFuture.completedFuture(
                    result.created() ? Aborted.with(result) : Aborted.nothing("abort.nothing"));
        }
        boolean mayHaveSent = last.phase() == Phase.SENDING && (sent != null || resumed);
        if (!mayHaveSent && !last.doubted()) {
            return CompletableFuture.completedFuture(Aborted.nothing("abort.nothing"));
        }
        if (sent != null) {
            sent.whenComplete(this::answered);
        }
        RecordSearch look = new RecordSearch(parts, last.baseline(), RecordSearch.WINDOW);
        var search = look.find();
        search.thenAccept(record -> record.ifPresent(present -> report.complete(created(Origin.ADOPTED, present))));
        var patience = patience();
        patience.thenRun(() -> report.complete(
                mayHaveSent || !look.hasLooked()
                        ? Aborted.unknown(parts.plan().perhaps())
                        : Aborted.nothing("abort.refused")));
        // The report is over when its calls are.
        return report.whenComplete((aborted, failure) -> {
            search.cancel(true);
            patience.cancel(true);
            if (aborted != null && aborted.outcomeUnknown()) {
                remember(last, sent);
            }
        });
    }

    /** None where the timer has been shut down, as at the end of a controller. */
    private CompletableFuture<Void> patience() {
        try {
            return parts.timing().after(PATIENCE);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** For whoever sends the same again; and what is answered late is told all the same. */
    private void remember(DeploymentState last, CompletableFuture<BuildDeployment> sent) {
        UnknownAttempts attempts = parts.shared().attempts();
        attempts.note(parts.key(), parts.who(), last.baseline());
        if (sent != null) {
            sent.thenAcceptAsync(
                    record -> {
                        attempts.settle(parts.who().owner());
                        listener.late(new DeploymentResult(Origin.CREATED, record));
                    },
                    serial);
        }
    }

    private void answered(BuildDeployment record, Throwable failure) {
        if (failure == null) {
            report.complete(created(Origin.CREATED, record));
        } else if (Futures.cause(failure) instanceof MetaKraftwerkException known) {
            if (known.effect() == Effect.NOT_SENT) {
                report.complete(Aborted.nothing("abort.nothing"));
            } else if (known.effect() == Effect.REFUSED) {
                report.complete(Aborted.nothing("abort.refused"));
            }
        }
    }

    private static Aborted created(Origin origin, BuildDeployment record) {
        return Aborted.with(new DeploymentResult(origin, record));
    }
}
