package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private final Queue<CompletableFuture<?>> searches = new ConcurrentLinkedQueue<>();

    /** What is said when the patience ends. */
    private volatile Aborted known;

    private DeploymentState last;

    AbortReport(RunParts parts, RunListener listener) {
        this.parts = parts.unhindered();
        serial = parts.serial();
        known = Aborted.unknown(parts.plan().perhaps());
        this.listener = listener;
    }

    /**
     * What is known of a run in its last state.
     *
     * @param sent the request on its way, or null if this run has sent none since the controller was started
     * @param resumed whether it may have sent one before that
     */
    CompletableFuture<Aborted> of(DeploymentState last, CompletableFuture<BuildDeployment> sent, boolean resumed) {
        boolean done = last.phase() == Phase.DONE;
        boolean mayHaveSent = last.phase() == Phase.SENDING && (sent != null || resumed);
        if (done ? !last.result().created() : !mayHaveSent && !last.doubted()) {
            return CompletableFuture.completedFuture(Aborted.nothing("abort.nothing"));
        }
        this.last = last;
        if (done) {
            landed(last.result());
        } else {
            look(mayHaveSent ? RecordSearch.WINDOW : RecordSearch.ONCE);
            if (sent != null) {
                sent.whenComplete(this::answered);
            }
        }
        var patience = patience();
        patience.thenRun(() -> report.complete(known));
        // The report is over when its calls are.
        return report.whenComplete((aborted, failure) -> {
            searches.forEach(search -> search.cancel(true));
            patience.cancel(true);
            if (aborted != null && aborted.outcomeUnknown()) {
                remember(sent);
            }
        });
    }

    /** Looks for the record. Where one look is enough, the server has refused the request, if perhaps after the work. */
    private void look(Duration window) {
        var search = new RecordSearch(parts, last.baseline(), window).find();
        searches.add(search);
        search.thenAccept(found -> {
            if (found.isPresent()) {
                landed(parts.result(Origin.ADOPTED, found.get()));
            } else if (window == RecordSearch.ONCE) {
                report.complete(Aborted.nothing("abort.refused"));
            }
        });
        if (report.isDone()) {
            search.cancel(true);
        }
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
    private void remember(CompletableFuture<BuildDeployment> sent) {
        UnknownAttempts attempts = parts.shared().attempts();
        attempts.note(parts.key(), parts.who(), last.baseline());
        if (sent == null) {
            return;
        }
        sent.whenCompleteAsync(
                (record, failure) -> {
                    if (failure == null || nothingWasDone(RunTexts.ofRequest(Futures.cause(failure)))) {
                        attempts.settle(parts.who().owner());
                    }
                    if (failure == null) {
                        listener.late(parts.result(Origin.CREATED, record));
                    }
                },
                serial);
    }

    private void answered(BuildDeployment record, Throwable failure) {
        if (failure == null) {
            landed(parts.result(Origin.CREATED, record));
            return;
        }
        MetaKraftwerkException refusal = RunTexts.ofRequest(Futures.cause(failure));
        if (nothingWasDone(refusal)) {
            report.complete(Aborted.nothing(refusal.effect() == Effect.REFUSED ? "abort.refused" : "abort.nothing"));
        } else if (refusal.effect() != Effect.UNKNOWN && !report.isDone()) {
            look(RecordSearch.ONCE);
        }
    }

    /** Also by the requests before. */
    private boolean nothingWasDone(MetaKraftwerkException failure) {
        return failure.effect() != Effect.UNKNOWN && !SendingPhase.leavesDoubt(failure) && !last.doubted();
    }

    /** Said when it would survive a crash whose record it is. */
    private void landed(DeploymentResult result) {
        Aborted aborted = Aborted.with(result);
        known = aborted;
        parts.shared().claims().kept().whenComplete((kept, failure) -> report.complete(aborted));
    }
}
