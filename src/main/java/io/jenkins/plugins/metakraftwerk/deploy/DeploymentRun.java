package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One deployment, exactly once: notes what is there, remembers that it is about to send, sends, and where the answer is
 * lost looks for what became of it instead of sending again.
 *
 * <p>A run goes from state to state; each new state is handed to the listener, and acted on when that has kept it. A run
 * that is made of a kept state goes on from there, and that state alone says what may have been done: what has ended
 * brings its result, what cannot go on says whether it may have sent. All of it happens on one thread at a time.
 */
public final class DeploymentRun {

    private final RunParts parts;
    private final RunTexts texts;
    private final RunListener listener;
    private final SentRequest sent;
    private final Chain<DeploymentResult> result;
    private final RunTurn turn;
    private final RunEnd end;

    /** Whether a request may have been on its way before this process began. */
    private final boolean resumed;

    private EarlierAttempts earlier;
    private BeforeSending before;
    private Deadline deadline;
    private volatile DeploymentState state;

    /** @param from where it begins, or how far it came before a restart */
    public DeploymentRun(
            Coordination shared,
            Destination destination,
            DeploymentPlan plan,
            RunIdentity who,
            RunListener listener,
            DeploymentState from) {
        SerialExecutor serial = new SerialExecutor(shared.work());
        parts = RunParts.of(shared, destination, plan, who, serial, new SafeLog(listener::log));
        texts = new RunTexts(plan);
        this.listener = listener;
        state = from;
        resumed = from.isOut();
        sent = new SentRequest(parts);
        result = new Chain<>(serial);
        turn = new RunTurn(parts);
        end = new RunEnd(parts, texts, sent, result, resumed);
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
        return begin(Opening::once);
    }

    /** Goes on after a restart, and to the end as {@link #start}. What it needs for that may come late: it is waited for. */
    public CompletableFuture<DeploymentResult> resume() {
        return begin(Opening::afterARestart);
    }

    private CompletableFuture<DeploymentResult> begin(Function<RunParts, CompletableFuture<Void>> opening) {
        // Once, since the clock may be set while this process runs.
        deadline = Deadline.at(parts.timing(), state.waitUntil(), parts.plan().waitLimit());
        // Here, since the order of those that come back is not that in which there is a thread for them.
        turn.resume(state);
        after(CompletableFuture.completedFuture(null), nothing -> begin(state, opening));
        return result;
    }

    private void begin(DeploymentState from, Function<RunParts, CompletableFuture<Void>> opening) {
        long began = enter();
        if (from.phase() == Phase.DONE) {
            own(from.result());
            done(from.result());
            return;
        }
        if (from.isOut()) {
            sent.resume(from.baseline());
        } else {
            // Noted, and not sent.
            parts.shared().flights().land(parts.who().owner());
        }
        if (from.phase() == Phase.NEWER) {
            end.afterSending(texts.unknown(Text.of("run.newer", from.toString()), null), from);
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
        return parts.shared()
                .ledger()
                .enter(parts.who().owner(), parts.key().server(), parts.plan().request(), source);
    }

    private void goOn(DeploymentState from) {
        if (resumed) {
            parts.log().accept(Text.of("run.resumed"));
            settle(new SendingPhase(parts, texts, sent).resume(from, deadline));
        } else {
            parts.log().accept(texts.begin());
            act(from);
        }
    }

    private void act(DeploymentState now) {
        switch (now.phase()) {
            case WAITING -> waitForBuild();
            case PLANNED -> plan(now);
            case SENDING -> send(now);
            case DONE -> done(now.result());
            case NEWER -> throw new IllegalStateException("No run goes there");
        }
    }

    private void enter(DeploymentState next) {
        CompletableFuture<?> kept = keep(next);
        CompletableFuture<?> safe =
                next.phase() == Phase.SENDING ? Futures.both(kept, sent.note(next.baseline())) : kept;
        after(safe, stored -> act(next));
    }

    private CompletableFuture<?> keep(DeploymentState next) {
        state = next;
        CompletableFuture<?> kept;
        try {
            kept = listener.store(next);
        } catch (RuntimeException e) {
            kept = CompletableFuture.failedFuture(e);
        }
        // What is done is done, whether or not it can be kept.
        return next.phase() == Phase.DONE ? kept.handle((value, failure) -> value) : kept;
    }

    private void waitForBuild() {
        var wait = new BuildWait(parts, deadline, () -> keep(state.unfinished()));
        after(wait.start(), finished -> enter(state.planned()));
    }

    private void plan(DeploymentState now) {
        if (before == null) {
            before = new BeforeSending(parts, texts, earlier, turn.enter(), deadline);
        }
        result.either(before.decide(now), guarded((decision, failure) -> {
            if (failure != null) {
                giveUp(RunTexts.beforeSending(failure), now);
                return;
            }
            switch (decision) {
                case Decision.Send(long baseline) -> enter(now.sending(baseline));
                case Decision.Take take -> finish(take);
            }
        }));
    }

    private void send(DeploymentState now) {
        after(listener.sends(), refused -> {
            if (refused.isPresent()) {
                giveUp(MetaKraftwerkException.refusedLocally(refused.get()), now);
            } else {
                settle(new SendingPhase(parts, texts, sent).send(now));
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
        var noted = Patience.within(parts.timing(), Patience.AT_THE_END, sent.kept());
        after(Futures.both(keep(again.next()), noted), stored -> {
            again.announced().ifPresent(parts.log());
            after(parts.timing().after(again.pause()), over -> plan(again.next()));
        });
    }

    private void finish(Decision.Take take) {
        parts.log().accept(take.why());
        // Whoever goes on after a crash must not find it done, and its record free.
        var claimed = Patience.within(
                parts.timing(), Patience.AT_THE_END, parts.shared().ledger().kept());
        after(claimed, kept -> enter(state.done(parts.result(take.origin(), take.record()))));
    }

    private void done(DeploymentResult outcome) {
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

    /** Others that are resumed may be looking for records of their own. */
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
        return new AbortReport(parts, listener).of(last, request, resumed).whenComplete((aborted, failure) -> leave());
    }

    /** It looks for nothing any more, and nobody waits for it. */
    private void leave() {
        sent.over();
        turn.leave();
        parts.shared().ledger().over(parts.who().owner(), parts.key().server());
    }
}
