package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Standing;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * Finds out if an aborted run has deployed, within 600 ms. A record is reported as created only if the ledger keeps
 * that in time. An unknown outcome is noted for runs that send the same again.
 */
final class AbortReport {

    private static final Duration PATIENCE = Duration.ofMillis(600);

    /** Time for reads from the server. The rest of {@link #PATIENCE} is for the disk. */
    private static final Duration READ_TIME = Duration.ofMillis(450);

    /** Context that waits neither for the log of the run nor for its saves. */
    private final RunContext context;

    private final LateOutcomeReport lateReport;
    private final Deadline end;
    private final Deadline readsEnd;

    /** Message key for the case that nothing was deployed and no request is on its way. */
    private final String nothing;

    private DeploymentState last;

    /** Request that still waits for its response; null if there is none. */
    private PendingResponse response;

    /** Record of the run, as soon as it is known. */
    private DeploymentResult foundResult;

    /** True if the server has refused the request, perhaps after the work was done. */
    private boolean isRefused;

    private Signal noteKept;

    /** @param wasRefused true if the server has refused a request of the run */
    AbortReport(RunContext context, DeploymentRunListener listener, boolean wasRefused) {
        this.context = context.unhindered();
        lateReport = new LateOutcomeReport(this.context, listener);
        nothing = wasRefused ? "abort.refused" : "abort.nothing";
        end = Deadline.in(context.timing(), PATIENCE);
        readsEnd = Deadline.in(context.timing(), READ_TIME);
    }

    /**
     * Completes with the outcome of a run in its last state, within 600 ms.
     *
     * @param sent the request on its way, or null if the run has sent none in this process
     * @param resumed true if the run goes on from a state in which a request may have been on its way
     */
    CompletableFuture<AbortOutcome> forState(DeploymentState last, PendingResponse sent, boolean resumed) {
        this.last = last;
        response = sent;
        boolean isOut = last.isOut() && (sent != null || resumed);
        boolean ended = last.standing() == Standing.ENDED;
        if (ended ? !last.result().created() : !isOut && !last.doubted()) {
            return CompletableFuture.completedFuture(AbortOutcome.nothing(nothing));
        }
        CompletableFuture<AbortOutcome> report = new CompletableFuture<>();
        VirtualThreads.start(() -> report(isOut ? RecordSearch.WINDOW : RecordSearch.ONCE, report));
        return report;
    }

    private void report(Duration window, CompletableFuture<AbortOutcome> report) {
        try {
            AbortOutcome outcome = inTime(window);
            if (outcome.outcomeUnknown()) {
                note();
            } else {
                context.platformCalls().run(this::settle);
            }
            context.platformCalls().run(() -> report.complete(outcome));
            if (outcome.outcomeUnknown()) {
                lateReport.tell(last, foundResult, response);
            }
        } catch (MetaKraftwerkException | InterruptedException | RuntimeException | Error e) {
            report.complete(AbortOutcome.unknown(context.plan().perhaps()));
        }
    }

    private AbortOutcome inTime(Duration window) throws MetaKraftwerkException, InterruptedException {
        if (last.standing() == Standing.ENDED) {
            context.platformCalls().run(this::own);
            return landed(last.result());
        }
        if (!context.connection().isThere()) {
            return unknown(context.plan().perhaps());
        }
        ShortSearch search = new ShortSearch(window);
        Signal searchEnded = search.ended;
        try {
            while (comesInTime(readsEnd, searchEnded)) {
                if (isAnswered()) {
                    Optional<AbortOutcome> outcome = outcomeOfResponse();
                    if (outcome.isPresent()) {
                        return outcome.get();
                    }
                    if (isRefused) {
                        // The refusal may have come after the work was done, so one more read is needed.
                        search.task.cancel(true);
                        search = new ShortSearch(RecordSearch.ONCE);
                        searchEnded = search.ended;
                    }
                } else {
                    Optional<AbortOutcome> outcome = search.outcome();
                    if (outcome.isPresent()) {
                        return outcome.get();
                    }
                    searchEnded = new Signal();
                }
            }
        } finally {
            search.task.cancel(true);
        }
        return unknown(context.plan().perhaps());
    }

    /** Waits until the signal or the response comes. Returns false if the time is over first. */
    private boolean comesInTime(Deadline until, Signal signal) throws InterruptedException {
        try {
            return response == null
                    ? signal.within(context.timing(), until.left())
                    : Signal.any(context.timing(), until.left(), signal, response.signal());
        } catch (RejectedExecutionException e) {
            // The timer takes no more tasks, so there is no time left.
            return signal.isGiven() || isAnswered();
        }
    }

    private boolean isAnswered() {
        return response != null && response.signal().isGiven();
    }

    /**
     * Search for the record, on a thread of its own. A search with the window {@link RecordSearch#ONCE} follows a
     * refusal that may have come after the work was done.
     */
    private final class ShortSearch {

        private final Duration window;
        private final Future<Optional<BuildDeployment>> task;
        private final Signal ended = new Signal();

        private ShortSearch(Duration window) {
            this.window = window;
            task = VirtualThreads.begin(Runnable::run, this::find);
        }

        private Optional<BuildDeployment> find() throws MetaKraftwerkException, InterruptedException {
            try {
                return RecordSearch.yielding(context, last.baseline(), window).find();
            } finally {
                ended.give();
            }
        }

        /** Returns the outcome that the search shows; empty if the search leaves it open. */
        private Optional<AbortOutcome> outcome() throws MetaKraftwerkException, InterruptedException {
            Optional<BuildDeployment> record;
            try {
                record = VirtualThreadWaits.await(task);
            } catch (MetaKraftwerkException | RuntimeException | Error e) {
                return Optional.empty();
            }
            if (record.isPresent()) {
                return Optional.of(landed(context.result(Origin.ADOPTED, record.get())));
            }
            return window == RecordSearch.ONCE ? Optional.of(AbortOutcome.nothing("abort.refused")) : Optional.empty();
        }
    }

    /**
     * Returns the outcome that the response shows; empty if the response leaves it open. The response must be there.
     */
    private Optional<AbortOutcome> outcomeOfResponse() throws MetaKraftwerkException, InterruptedException {
        PendingResponse completed = response;
        response = null;
        try {
            BuildDeployment record = completed.get();
            return Optional.of(
                    context.plan().request().matches(record)
                            ? landed(context.result(Origin.CREATED, record))
                            : unknown(RunTexts.otherRecord(record, context.plan())));
        } catch (MetaKraftwerkException e) {
            isRefused = e.effect() != Effect.UNKNOWN;
            return SentRequest.nothingWasDone(e, last)
                    ? Optional.of(AbortOutcome.nothing(e.effect() == Effect.REFUSED ? "abort.refused" : nothing))
                    : Optional.empty();
        } catch (RuntimeException | Error e) {
            context.known(e);
            return Optional.empty();
        }
    }

    /** Reports the record as created if the ledger keeps that in time. Otherwise the outcome is unknown. */
    private AbortOutcome landed(DeploymentResult result) throws MetaKraftwerkException, InterruptedException {
        foundResult = result;
        response = null;
        Signal kept = context.platformCalls().get(this::kept);
        comesInTime(end, kept);
        return kept.isGiven() ? AbortOutcome.with(result) : AbortOutcome.perhapsWith(result, context.plan());
    }

    /** Notes the attempt for runs that send the same again. A response that comes until then is reported instead. */
    private AbortOutcome unknown(Text perhaps) throws MetaKraftwerkException, InterruptedException {
        Signal kept = note();
        while (comesInTime(end, kept) && !kept.isGiven()) {
            Optional<AbortOutcome> outcome = outcomeOfResponse();
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return AbortOutcome.unknown(perhaps);
    }

    private Signal note() throws MetaKraftwerkException, InterruptedException {
        if (noteKept == null) {
            noteKept = context.platformCalls()
                    .get(() -> context.shared()
                            .attempts()
                            .note(context.connection().server(), context.plan().request(), context.who(), last));
        }
        return noteKept;
    }

    private Signal kept() {
        return context.shared().ledger().kept();
    }

    private void own() {
        context.shared()
                .claims()
                .own(
                        context.key(),
                        last.result().record(),
                        context.who().owner(),
                        context.timing().uptime());
    }

    private void settle() {
        context.shared().attempts().settle(context.who().owner());
    }
}
