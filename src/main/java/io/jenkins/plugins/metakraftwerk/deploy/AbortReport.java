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
 * Says whether a run that is being aborted has deployed, as far as can be found out in less than a second. What it says
 * would survive a crash: whose a record is, and that nobody knows.
 */
final class AbortReport {

    private static final Duration PATIENCE = Duration.ofMillis(600);

    /** The rest is for the disk. */
    private static final Duration LOOKS = Duration.ofMillis(450);

    /** Waits for no log and no save. */
    private final RunContext context;

    private final LateOutcomeReport late;
    private final Deadline end;
    private final Deadline looks;

    /** What is said where nothing is there, and no request on its way. */
    private final String nothing;

    private DeploymentState last;

    /** The request whose answer is still to come; null where there is none. */
    private PendingResponse answer;

    /** Its record, as soon as there is one. */
    private DeploymentResult found;

    /** Whether the server has refused that request, if perhaps after the work. */
    private boolean isRefused;

    private Signal noted;

    /** @param wasRefused whether the server has refused a request of the run */
    AbortReport(RunContext context, DeploymentRunListener listener, boolean wasRefused) {
        this.context = context.unhindered();
        late = new LateOutcomeReport(this.context, listener);
        nothing = wasRefused ? "abort.refused" : "abort.nothing";
        end = Deadline.in(context.timing(), PATIENCE);
        looks = Deadline.in(context.timing(), LOOKS);
    }

    /**
     * What is known of a run in its last state.
     *
     * @param sent the request on its way, or null if this run has sent none since the controller was started
     * @param resumed whether it goes on from a state in which one may have been on its way
     */
    CompletableFuture<AbortOutcome> forState(DeploymentState last, PendingResponse sent, boolean resumed) {
        this.last = last;
        answer = sent;
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
            AbortOutcome said = inTime(window);
            if (said.outcomeUnknown()) {
                note();
            } else {
                context.platformCalls().run(this::settle);
            }
            context.platformCalls().run(() -> report.complete(said));
            if (said.outcomeUnknown()) {
                late.tell(last, found, answer);
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
        Look look = new Look(window);
        Signal looked = look.ended;
        try {
            while (comes(looks, looked)) {
                if (isAnswered()) {
                    Optional<AbortOutcome> said = answered();
                    if (said.isPresent()) {
                        return said.get();
                    }
                    if (isRefused) {
                        // If perhaps after the work.
                        look.line.cancel(true);
                        look = new Look(RecordSearch.ONCE);
                        looked = look.ended;
                    }
                } else {
                    Optional<AbortOutcome> said = look.said();
                    if (said.isPresent()) {
                        return said.get();
                    }
                    looked = new Signal();
                }
            }
        } finally {
            look.line.cancel(true);
        }
        return unknown(context.plan().perhaps());
    }

    /** Whether that has come in time, or the answer has. */
    private boolean comes(Deadline until, Signal one) throws InterruptedException {
        try {
            return answer == null
                    ? one.within(context.timing(), until.left())
                    : Signal.any(context.timing(), until.left(), one, answer.signal());
        } catch (RejectedExecutionException e) {
            // There is no time left.
            return one.isGiven() || isAnswered();
        }
    }

    private boolean isAnswered() {
        return answer != null && answer.signal().isGiven();
    }

    /** Looks for the record. Where one look is enough, the server has refused the request, if perhaps after the work. */
    private final class Look {

        private final Duration window;
        private final Future<Optional<BuildDeployment>> line;
        private final Signal ended = new Signal();

        private Look(Duration window) {
            this.window = window;
            line = VirtualThreads.begin(Runnable::run, this::find);
        }

        private Optional<BuildDeployment> find() throws MetaKraftwerkException, InterruptedException {
            try {
                return RecordSearch.yielding(context, last.baseline(), window).find();
            } finally {
                ended.give();
            }
        }

        /** What is to be said of what it has found; empty where that leaves it open. */
        private Optional<AbortOutcome> said() throws MetaKraftwerkException, InterruptedException {
            Optional<BuildDeployment> record;
            try {
                record = VirtualThreadWaits.await(line);
            } catch (MetaKraftwerkException | RuntimeException | Error e) {
                return Optional.empty();
            }
            if (record.isPresent()) {
                return Optional.of(landed(context.result(Origin.ADOPTED, record.get())));
            }
            return window == RecordSearch.ONCE ? Optional.of(AbortOutcome.nothing("abort.refused")) : Optional.empty();
        }
    }

    /** What is to be said of the answer, which is there; empty where it leaves that open. */
    private Optional<AbortOutcome> answered() throws MetaKraftwerkException, InterruptedException {
        PendingResponse came = answer;
        answer = null;
        try {
            BuildDeployment record = came.get();
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

    /** It is its own when that would survive a crash; else it may be. */
    private AbortOutcome landed(DeploymentResult result) throws MetaKraftwerkException, InterruptedException {
        found = result;
        answer = null;
        Signal kept = context.platformCalls().get(this::kept);
        comes(end, kept);
        return kept.isGiven() ? AbortOutcome.with(result) : AbortOutcome.perhapsWith(result, context.plan());
    }

    /** For whoever sends the same again. What is answered until it is noted is told instead. */
    private AbortOutcome unknown(Text perhaps) throws MetaKraftwerkException, InterruptedException {
        Signal kept = note();
        while (comes(end, kept) && !kept.isGiven()) {
            Optional<AbortOutcome> said = answered();
            if (said.isPresent()) {
                return said.get();
            }
        }
        return AbortOutcome.unknown(perhaps);
    }

    private Signal note() throws MetaKraftwerkException, InterruptedException {
        if (noted == null) {
            noted = context.platformCalls()
                    .get(() -> context.shared()
                            .attempts()
                            .note(context.connection().server(), context.plan().request(), context.who(), last));
        }
        return noted;
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
