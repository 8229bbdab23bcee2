package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.SerialExecutor;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One deployment, exactly once: notes what is there, remembers that it is about to send, sends, and where the answer is
 * lost looks for what became of it instead of sending again.
 *
 * <p>A run goes from state to state; each new state is noted in the ledger, and acted on when it would survive a crash. A
 * run that goes on after a restart does so from the state there, and that alone says what may have been done: what has
 * ended brings its result, what cannot go on says whether it may have sent. All of it happens on one thread at a time.
 */
public final class DeploymentRun {

    private static final Logger LOGGER = Logger.getLogger(DeploymentRun.class.getName());

    private final RunParts parts;
    private final RunTexts texts;
    private final RunListener listener;
    private final SentRequest sent;
    private final Chain<DeploymentResult> result;
    private final RunTurn turn;
    private final RunEnd end;

    private EarlierAttempts earlier;
    private BeforeSending before;
    private Deadline deadline;
    private volatile DeploymentState state;

    /** Whether a request may have been on its way before this process began. */
    private volatile boolean resumed;

    /** @param initial where it begins */
    public DeploymentRun(
            Coordination shared,
            Destination destination,
            DeploymentPlan plan,
            RunIdentity who,
            RunListener listener,
            DeploymentState initial) {
        SerialExecutor serial = new SerialExecutor(shared.work());
        parts = RunParts.of(shared, destination, plan, who, serial, new SafeLog(listener::log));
        texts = new RunTexts(plan);
        this.listener = listener;
        state = initial;
        sent = new SentRequest(parts);
        result = new Chain<>(serial);
        turn = new RunTurn(parts);
        end = new RunEnd(parts, texts, sent, result);
        // Others have their turn when it is known how this run ended; of one that is aborted, a little later.
        result.whenComplete((outcome, failure) -> {
            if (!(failure instanceof CancellationException)) {
                leave();
                end.noteIfBroken(failure, state);
            }
        });
    }

    /** Runs to the end. The future fails with {@link MetaKraftwerkException}, or is cancelled by {@link #abort}. */
    public CompletableFuture<DeploymentResult> start() {
        setDeadline();
        first(() -> begin(Opening::once));
        return result;
    }

    /**
     * Goes on after a restart from where the ledger says, and to the end as {@link #start}. What it needs for that may come
     * late: it is waited for.
     *
     * @param enteredIn the id of the ledger that the run has entered for all that its Jenkins build knows; null for none
     */
    public CompletableFuture<DeploymentResult> resume(String enteredIn) {
        DeploymentState initial = state;
        recall(enteredIn, initial);
        setDeadline();
        if (isLedgerKnown()) {
            // Here, since the order of those that come back is not that in which there is a thread for them.
            turn.resume(state);
            first(() -> begin(Opening::afterARestart));
        } else {
            turn.comesBack();
            first(() -> recallLater(enteredIn, initial));
        }
        return result;
    }

    /**
     * Finds out what became of a run that nobody goes on with, from a state in which it may have sent; sends nothing.
     */
    public CompletableFuture<DeploymentResult> findOut() {
        resumed = true;
        tell(state);
        setDeadline();
        first(() -> begin(Opening::afterARestart));
        return result;
    }

    private boolean isLedgerKnown() {
        return MemoryWait.trouble(parts).isEmpty();
    }

    private void setDeadline() {
        // Once, since the clock may be set while this process runs.
        deadline = Deadline.at(parts.timing(), state.waitUntil(), parts.plan().waitLimit());
    }

    private void first(Runnable what) {
        after(CompletableFuture.completedFuture(null), nothing -> what.run());
    }

    private void recallLater(String enteredIn, DeploymentState initial) {
        result.either(new MemoryWait(parts, deadline).start(), guarded((known, failure) -> {
            if (failure == null) {
                recall(enteredIn, initial);
                turn.resume(state);
                begin(Opening::afterARestart);
            } else {
                end.notBegun(RunTexts.known(failure), state);
            }
        }));
    }

    private void recall(String enteredIn, DeploymentState initial) {
        state = ledger().recall(parts.who().owner(), parts.key().server(), enteredIn, initial);
        resumed = state.isOut();
        tell(state);
    }

    private void begin(Function<RunParts, CompletableFuture<Void>> opening) {
        DeploymentState from = state;
        long began = enter();
        if (from.phase() == Phase.DONE) {
            // A crash may have come before that was said.
            parts.log()
                    .accept(texts.finished(from.result().origin(), from.result().record()));
            own(from.result());
            end.with(from.result());
            return;
        }
        if (from.isOut()) {
            sent.resume(from);
        } else {
            // Noted, and not sent.
            parts.shared().flights().land(parts.who().owner());
        }
        if (from.isBeyondUs()) {
            String why = from.phase() == Phase.LOST ? "run.lostState" : "run.newer";
            end.afterSending(texts.unknown(Text.of(why, from.stage()), null), from);
            return;
        }
        earlier = new EarlierAttempts(parts, texts, listener, began);
        result.either(opening.apply(parts), guarded((opened, failure) -> {
            if (failure == null) {
                goOn(from);
            } else {
                end.notBegun(RunTexts.known(failure), from);
            }
        }));
    }

    private long enter() {
        AttemptSource source = parts.connection().source();
        return ledger().runs()
                .enter(parts.who(), parts.key().server(), parts.plan().request(), source, state)
                .place();
    }

    private Ledger ledger() {
        return parts.shared().ledger();
    }

    private void goOn(DeploymentState from) {
        if (resumed) {
            parts.log().accept(Text.of("run.resumed"));
            settle(new SendingPhase(parts, texts, sent).resume(from, deadline));
        } else {
            parts.log().accept(texts.begin());
            if (from.phase() == Phase.WAITING) {
                waitForBuild();
            } else {
                plan(from);
            }
        }
    }

    private void reach(DeploymentState next) {
        ledger().runs().reach(parts.who().owner(), parts.key().server(), next);
        reached(next);
    }

    private void reached(DeploymentState next) {
        state = next;
        tell(next);
    }

    /** It goes on without whoever fails to hear of it. */
    private void tell(DeploymentState next) {
        try {
            listener.reached(next);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not tell that a run reached " + next);
        }
    }

    private void waitForBuild() {
        var wait = new BuildWait(parts, deadline, () -> {
            reach(state.unfinished());
            return Patience.required(parts, ledger().kept());
        });
        after(wait.start(), finished -> {
            reach(state.planned());
            plan(state);
        });
    }

    private void plan(DeploymentState now) {
        if (before == null) {
            before = new BeforeSending(parts, texts, earlier, turn, deadline);
        }
        // What has to be saved for it is saved while it looks.
        anchor();
        result.either(before.decide(now), guarded((decision, failure) -> {
            if (failure != null) {
                giveUp(RunTexts.beforeSending(failure), now);
                return;
            }
            switch (decision) {
                case Decision.Send(long baseline) -> after(anchor(), held -> send(now.sending(baseline)));
                case Decision.Take take -> finish(take);
            }
        }));
    }

    private CompletableFuture<?> anchor() {
        return Patience.required(parts, ledger().kept()).thenComposeAsync(entered -> listener.anchor(), parts.serial());
    }

    private void send(DeploymentState next) {
        CompletableFuture<Void> noted = sent.note(next);
        reached(next);
        var permitted = Patience.required(parts, noted).thenComposeAsync(kept -> listener.sends(), parts.serial());
        after(permitted, refused -> {
            if (refused.isPresent()) {
                giveUp(MetaKraftwerkException.refusedLocally(refused.get()), next);
            } else {
                settle(new SendingPhase(parts, texts, sent).send(next));
            }
        });
    }

    private void settle(CompletableFuture<SendingPhase.Outcome> request) {
        result.either(request, guarded((outcome, failure) -> {
            if (failure != null) {
                end.afterSending(failure, state);
                return;
            }
            switch (outcome) {
                case SendingPhase.Landed(Decision.Take take) -> finish(take);
                case SendingPhase.Again again -> tryAgain(again);
            }
        }));
    }

    /** Nothing was done, and a crash from here on must find a state that says so. */
    private void tryAgain(SendingPhase.Again again) {
        reached(again.next());
        after(Patience.within(parts.timing(), Patience.AT_THE_END, ledger().kept()), noted -> {
            again.announced().ifPresent(parts.log());
            after(parts.timing().after(again.pause()), over -> plan(again.next()));
        });
    }

    private void finish(Decision.Take take) {
        parts.log().accept(take.why());
        DeploymentResult outcome = parts.result(take.origin(), take.record());
        reach(state.done(outcome));
        if (before != null && outcome.created()) {
            before.settle();
        }
        end.with(outcome);
    }

    private void giveUp(MetaKraftwerkException failure, DeploymentState last) {
        if (last.doubted()) {
            settle(new SendingPhase(parts, texts, sent).giveUp(failure, last));
        } else {
            end.forGood(failure, state);
        }
    }

    /** Its claim may be in a line that is damaged; others that are resumed may be looking for records of their own. */
    private void own(DeploymentResult ended) {
        if (ended.created()) {
            String owner = parts.who().owner();
            parts.shared()
                    .claims()
                    .own(parts.key(), ended.record(), owner, parts.timing().uptime());
        }
        parts.shared().flights().land(parts.who().owner());
    }

    /** For the steps before the request and between two: where one fails, nothing is on its way, though perhaps in doubt. */
    private <T> void after(CompletableFuture<T> step, Consumer<? super T> next) {
        result.either(step, guarded((value, failure) -> {
            if (failure == null) {
                next.accept(value);
            } else {
                giveUp(RunTexts.beforeSending(failure), state);
            }
        }));
    }

    /** A fault of this program ends the run too. */
    private <T> BiConsumer<T, Throwable> guarded(BiConsumer<T, Throwable> next) {
        return (value, failure) -> {
            try {
                next.accept(value, failure);
            } catch (RuntimeException | Error e) {
                end.broken(e, state);
            }
        };
    }

    /**
     * Ends the run. Nothing is sent any more; a request that is on its way is let go, not recalled. Does not block.
     *
     * @return within 600 ms
     */
    public CompletableFuture<Aborted> abort() {
        CompletableFuture<BuildDeployment> request = sent.stop();
        DeploymentState last = state;
        result.completeExceptionally(new CancellationException());
        return new AbortReport(parts, listener, sent.wasRefused() || last.refused())
                .of(last, request, resumed)
                .whenComplete((aborted, failure) -> leave());
    }

    /** Ends it before it goes on after a restart; else as {@link #abort}. */
    public CompletableFuture<Aborted> abandon(String enteredIn) {
        recall(enteredIn, state);
        return abort();
    }

    /** It looks for nothing any more, and nobody waits for it. */
    private void leave() {
        sent.over();
        turn.leave();
    }
}
