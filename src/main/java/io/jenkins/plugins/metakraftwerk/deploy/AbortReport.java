package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Standing;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Says whether a run that is being aborted has deployed, as far as can be found out in less than a second. What it says
 * would survive a crash: whose a record is, and that nobody knows.
 */
final class AbortReport {

    private static final Duration PATIENCE = Duration.ofMillis(600);

    /** The rest is for the disk. */
    private static final Duration LOOKS = Duration.ofMillis(450);

    /** Wait for no log and no save. */
    private final RunParts parts;

    private final Executor serial;
    private final RunListener listener;
    private final Deadline end;

    /** What is said where nothing is there, and no request on its way. */
    private final String nothing;

    private final CompletableFuture<Aborted> report = new CompletableFuture<>();
    private final Queue<CompletableFuture<?>> searches = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isTold = new AtomicBoolean();

    /** Its record, as soon as there is one. */
    private volatile DeploymentResult found;

    private DeploymentState last;
    private CompletableFuture<Void> noted;

    /** @param wasRefused whether the server has refused a request of the run */
    AbortReport(RunParts parts, RunListener listener, boolean wasRefused) {
        this.parts = parts.unhindered();
        serial = parts.serial();
        this.listener = listener;
        nothing = wasRefused ? "abort.refused" : "abort.nothing";
        end = Deadline.in(parts.timing(), PATIENCE);
    }

    /**
     * What is known of a run in its last state.
     *
     * @param sent the request on its way, or null if this run has sent none since the controller was started
     * @param resumed whether it goes on from a state in which one may have been on its way
     */
    CompletableFuture<Aborted> of(DeploymentState last, CompletableFuture<BuildDeployment> sent, boolean resumed) {
        this.last = last;
        boolean isOut = last.isOut() && (sent != null || resumed);
        boolean ended = last.standing() == Standing.ENDED;
        if (ended ? !last.result().created() : !isOut && !last.doubted()) {
            return CompletableFuture.completedFuture(Aborted.nothing(nothing));
        }
        if (ended) {
            own(last.result());
            landed(last.result());
        } else if (parts.connection().isThere()) {
            look(isOut ? RecordSearch.WINDOW : RecordSearch.ONCE);
            if (sent != null) {
                sent.whenComplete(this::answered);
            }
        } else {
            sayUnknown();
        }
        var looks = Patience.within(parts.timing(), LOOKS, report);
        looks.thenRun(this::sayUnknown);
        // The report is over when its calls are.
        return report.whenComplete((aborted, failure) -> {
            endSearches();
            afterwards(aborted);
        });
    }

    private void endSearches() {
        searches.forEach(search -> search.cancel(true));
    }

    /** Looks for the record. Where one look is enough, the server has refused the request, if perhaps after the work. */
    private void look(Duration window) {
        var search = RecordSearch.yielding(parts, last.baseline(), window).find();
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

    private void answered(BuildDeployment record, Throwable failure) {
        if (failure == null) {
            if (parts.plan().request().matches(record)) {
                // It would go on while the disk hangs, and claim a record of somebody else's too.
                endSearches();
                landed(parts.result(Origin.CREATED, record));
            } else {
                sayWhenNoted(Aborted.unknown(RunTexts.otherRecord(record, parts.plan())));
            }
            return;
        }
        MetaKraftwerkException refusal = RunTexts.ofRequest(Futures.cause(failure));
        if (nothingWasDone(refusal)) {
            String key = refusal.effect() == Effect.REFUSED ? "abort.refused" : nothing;
            if (!report.complete(Aborted.nothing(key))) {
                settle();
            }
        } else if (refusal.effect() != Effect.UNKNOWN && !report.isDone()) {
            look(RecordSearch.ONCE);
        }
    }

    /** Also by the requests before. */
    private boolean nothingWasDone(MetaKraftwerkException failure) {
        return failure.effect() != Effect.UNKNOWN && !SentRequest.leavesDoubt(failure) && !last.doubted();
    }

    /** It is its own when that would survive a crash; else it may be. */
    private void landed(DeploymentResult result) {
        found = result;
        Patience.within(parts.timing(), end.left(), parts.shared().ledger().kept())
                .thenAccept(kept -> {
                    boolean said =
                            report.complete(kept ? Aborted.with(result) : Aborted.perhapsWith(result, parts.plan()));
                    if (!said) {
                        tellLate();
                    }
                });
    }

    private void sayUnknown() {
        if (!report.isDone()) {
            sayWhenNoted(Aborted.unknown(parts.plan().perhaps()));
        }
    }

    /** For whoever sends the same again. Of a record that turns up meanwhile is told instead. */
    private void sayWhenNoted(Aborted unknown) {
        Patience.within(parts.timing(), end.left(), note()).thenRun(() -> {
            if (found == null) {
                report.complete(unknown);
            }
        });
    }

    private synchronized CompletableFuture<Void> note() {
        if (noted == null) {
            noted = parts.shared()
                    .attempts()
                    .note(parts.connection().server(), parts.plan().request(), parts.who(), last);
        }
        return noted;
    }

    /** What is found out late is told all the same. */
    private void afterwards(Aborted aborted) {
        if (!aborted.outcomeUnknown()) {
            settle();
            return;
        }
        note();
        if (found != null) {
            tellLate();
        }
    }

    /** Once, and not before it would survive a crash. */
    private void tellLate() {
        if (report.join().outcomeUnknown() && isTold.compareAndSet(false, true)) {
            parts.shared()
                    .ledger()
                    .kept()
                    .thenRunAsync(
                            () -> {
                                settle();
                                listener.late(found);
                            },
                            serial);
        }
    }

    private void own(DeploymentResult result) {
        parts.shared()
                .claims()
                .own(
                        parts.key(),
                        result.record(),
                        parts.who().owner(),
                        parts.timing().uptime());
    }

    private void settle() {
        parts.shared().attempts().settle(parts.who().owner());
    }
}
