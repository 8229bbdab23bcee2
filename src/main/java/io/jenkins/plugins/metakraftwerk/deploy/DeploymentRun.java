package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One deployment, exactly once: notes what is there, remembers that it is about to send, sends, and where the answer is
 * lost looks for what became of it instead of sending again.
 *
 * <p>A run goes from state to state; each new state is handed to the listener, and acted on when that has kept it. A run
 * that is started from a kept state goes on from there. All of it happens on one thread at a time.
 */
public final class DeploymentRun {

    private final RunParts parts;
    private final RunTexts texts;
    private final RunListener listener;
    private final SentRequest sent;
    private final Chain<DeploymentResult> result;

    private volatile TurnQueue.Turn turn;
    private EarlierAttempts earlier;
    private BeforeSending before;
    private Deadline deadline;
    private volatile DeploymentState state;
    private volatile boolean resumed;

    public DeploymentRun(
            Coordination shared, Connection connection, DeploymentPlan plan, RunIdentity who, RunListener listener) {
        SerialExecutor serial = new SerialExecutor(shared.work());
        parts = RunParts.of(shared, connection, plan, who, serial, new SafeLog(listener::log));
        texts = new RunTexts(plan);
        this.listener = listener;
        sent = new SentRequest(parts);
        result = new Chain<>(serial);
        // Others have their turn when it is known how this run ended; of one that is aborted, a little later.
        result.whenComplete((outcome, failure) -> {
            if (!(failure instanceof CancellationException)) {
                leaveTurn();
            }
        });
    }

    /** Runs to the end. The future fails with {@link MetaKraftwerkException}, or is cancelled by {@link #abort}. */
    public CompletableFuture<DeploymentResult> start(DeploymentState from) {
        state = from;
        // Once, since the clock may be set while this process runs.
        deadline = Deadline.at(parts.timing(), from.waitUntil(), parts.plan().waitLimit());
        resumed = from.phase() == Phase.SENDING;
        after(CompletableFuture.completedFuture(null), nothing -> begin(from));
        return result;
    }

    private void begin(DeploymentState from) {
        earlier = new EarlierAttempts(parts, texts, listener);
        if (parts.plan().skips() && from.phase() == Phase.SENDING) {
            takeTurn(parts.shared().turns().resume(parts.key().scope()));
        }
        if (from.phase() == Phase.SENDING) {
            parts.log().accept(Text.of("run.resumed"));
            settle(new SendingPhase(parts, texts, sent).resume(from, deadline));
            return;
        }
        if (from.phase() == Phase.DONE && from.result().created()) {
            // Others that are resumed may be looking for records of their own.
            own(from.result().record());
        } else if (from.phase() != Phase.DONE) {
            parts.log().accept(texts.begin());
        }
        act(from);
    }

    private void act(DeploymentState now) {
        switch (now.phase()) {
            case WAITING -> waitForBuild();
            case PLANNED -> plan(now);
            case SENDING -> send(now);
            case DONE -> done(now.result());
        }
    }

    private void enter(DeploymentState next) {
        after(keep(next), stored -> act(next));
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
            if (parts.plan().skips()) {
                takeTurn(parts.shared().turns().enter(parts.key().scope()));
            }
            before = new BeforeSending(parts, texts, earlier, turn, deadline);
        }
        result.either(before.decide(now), guarded((decision, failure) -> {
            if (failure != null) {
                giveUp(RunTexts.beforeSending(failure), now);
            } else if (decision.record() == null) {
                enter(now.sending(decision.baseline()));
            } else {
                finish(decision);
            }
        }));
    }

    private void takeTurn(TurnQueue.Turn taken) {
        turn = taken;
        if (result.isDone()) {
            leaveTurn();
        }
    }

    private void leaveTurn() {
        if (turn != null) {
            turn.leave();
        }
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
                failedAfterSending(failure);
            } else if (outcome.landed() != null) {
                finish(outcome.landed());
            } else {
                // Nothing was done, and a crash from here on must find a state that says so.
                after(keep(outcome.next()), stored -> {
                    outcome.announced().ifPresent(parts.log());
                    after(parts.timing().after(outcome.pause()), over -> plan(outcome.next()));
                });
            }
        }));
    }

    private void finish(Decision decision) {
        parts.log().accept(decision.why());
        enter(state.done(parts.result(decision.origin(), decision.record())));
    }

    private void done(DeploymentResult outcome) {
        if (before != null && outcome.created()) {
            before.settle();
        }
        parts.shared().attempts().settle(parts.who().owner());
        after(survives(parts.shared().claims().kept()), kept -> result.complete(outcome));
    }

    private void failedAfterSending(Throwable failure) {
        boolean known = failure instanceof MetaKraftwerkException;
        MetaKraftwerkException shown = RunTexts.known(failure);
        if (known && shown.effect() != Effect.UNKNOWN) {
            failForGood(shown);
            return;
        }
        var noted = parts.shared().attempts().note(parts.key(), parts.who(), state.baseline());
        result.then(survives(noted), told -> fail(known ? shown : texts.unknown(shown.text(), null)));
    }

    /** Not for ever: a disk may hang, or be full. */
    private CompletableFuture<Boolean> survives(CompletableFuture<?> kept) {
        return Patience.within(parts.timing(), Patience.AT_THE_END, kept);
    }

    private void giveUp(MetaKraftwerkException failure, DeploymentState last) {
        if (last.doubted()) {
            settle(new SendingPhase(parts, texts, sent).giveUp(failure, last));
        } else {
            failForGood(failure);
        }
    }

    /** Said at the very end only: where the search for a record fails after a refusal, the outcome is unknown. */
    private void failForGood(MetaKraftwerkException failure) {
        boolean asked = state.phase() != Phase.WAITING;
        AskedNames names = asked ? AskedNames.of(parts.plan().request()) : AskedNames.NONE;
        var explained = UnknownNames.explain(failure, parts.connection()::client, names);
        result.then(explained, known -> fail(RunTexts.atTheEnd(known)));
    }

    private void fail(Throwable failure) {
        result.completeExceptionally(failure);
    }

    private void own(BuildDeployment record) {
        parts.shared()
                .claims()
                .own(parts.key(), record, parts.who().owner(), parts.timing().uptime());
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

    /** A fault of this program ends the run too, and never says that nothing was done where something may have been. */
    private <T> BiConsumer<T, Throwable> guarded(BiConsumer<T, Throwable> next) {
        return (value, failure) -> {
            try {
                next.accept(value, failure);
            } catch (RuntimeException | Error e) {
                if (sent.isOut() || resumed || state.doubted()) {
                    failedAfterSending(e);
                } else {
                    failForGood(RunTexts.known(e));
                }
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
        return new AbortReport(parts, listener)
                .of(last, request, resumed)
                .whenComplete((aborted, failure) -> leaveTurn());
    }
}
