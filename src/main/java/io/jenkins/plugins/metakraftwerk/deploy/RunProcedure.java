package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import java.util.Optional;

/** Steps of a run, from top to bottom. They run on its virtual thread, which may block. */
final class RunProcedure {

    /** Connects the run to its server. */
    interface ConnectStep {
        void open(RunContext context) throws MetaKraftwerkException, InterruptedException;
    }

    /** Step that the run is at. It decides what a failure means. */
    private enum Step {
        /** The run has not yet gone on from the state in which it begins. */
        OPENING,
        /** No request is on its way. An earlier one may be in doubt. */
        PREPARING,
        /** A request may have been carried out. */
        SETTLING,
        /** The run does things that should not fail. */
        BETWEEN
    }

    private final RunContext context;
    private final RunTexts texts;
    private final DeploymentRunListener listener;
    private final RunProgress progress;
    private final SentRequest sent;
    private final RunTurn turn;
    private final RunEnd end;
    private final Deadline deadline;

    /** Number of the newest line when this run began. */
    private long newest = Long.MAX_VALUE;

    private EarlierAttempts earlier;
    private PlannedPhase plannedPhase;
    private Step step = Step.OPENING;

    RunProcedure(
            RunContext context,
            DeploymentRunListener listener,
            RunProgress progress,
            SentRequest sent,
            RunTurn turn,
            RunEnd end) {
        this.context = context;
        texts = new RunTexts(context.plan());
        this.listener = listener;
        this.progress = progress;
        this.sent = sent;
        this.turn = turn;
        this.end = end;
        // Computed once, since the clock may be set while the run goes on.
        deadline = Deadline.at(
                context.timing(), progress.state().waitUntil(), context.plan().waitLimit());
    }

    /** Runs the steps and turns any failure into the end of the run. */
    DeploymentResult toTheEnd(ReadRetries.ReadCall<DeploymentResult> steps)
            throws MetaKraftwerkException, InterruptedException {
        try {
            return steps.read();
        } catch (MetaKraftwerkException | RuntimeException | Error e) {
            return switch (step) {
                case OPENING -> throw end.notBegun(context.known(e), progress.state());
                case PREPARING -> giveUp(RunTexts.beforeSending(context.known(e)));
                case SETTLING -> throw end.afterSending(e, progress.state());
                case BETWEEN -> end.broken(e, progress.state());
            };
        }
    }

    private DeploymentResult giveUp(MetaKraftwerkException failure)
            throws MetaKraftwerkException, InterruptedException {
        DeploymentState last = progress.state();
        if (!last.doubted()) {
            throw end.forGood(failure, last);
        }
        step = Step.SETTLING;
        return toTheEnd(() -> finish(sendingPhase().giveUp(failure, last).record()));
    }

    /** Waits for the ledger, and goes on from the state that it has. */
    DeploymentResult comeBack(String enteredIn, DeploymentState initial)
            throws MetaKraftwerkException, InterruptedException {
        new LedgerWait(context, deadline).await();
        context.platformCalls().run(() -> {
            progress.recall(enteredIn, initial);
            turn.resume(progress.state());
        });
        return deploy(ConnectPhase::afterARestart);
    }

    /**
     * Begins. Enters the ledger only when it is connected: a run that may use no credential must leave nothing in what
     * all runs share.
     */
    DeploymentResult begin() throws MetaKraftwerkException, InterruptedException {
        // What ends unknown from now on has ended while this run was there.
        newest = context.platformCalls().get(ledger()::newest);
        ConnectPhase.once(context);
        return deploy(connected -> {});
    }

    DeploymentResult deploy(ConnectStep connectStep) throws MetaKraftwerkException, InterruptedException {
        DeploymentState from = progress.state();
        context.platformCalls().run(() -> enter(from));
        if (from.phase() == Phase.DONE) {
            return end.with(from.result());
        }
        if (from.isBeyondUs()) {
            String why = from.phase() == Phase.LOST ? "run.lostState" : "run.newer";
            step = Step.SETTLING;
            throw texts.unknown(Text.forKey(why, from.stage()), null);
        }
        connectStep.open(context);
        if (progress.isResumed()) {
            context.say().accept(Text.forKey("run.resumed"));
            step = Step.SETTLING;
            return finish(sendingPhase().resume(from, deadline).record());
        }
        step = Step.PREPARING;
        context.say().accept(texts.begin());
        if (from.phase() == Phase.WAITING) {
            new BuildWait(context, deadline, this::unfinished).await();
            reach(progress.state().planned());
        }
        return send();
    }

    /** Notes what other runs must know at once. */
    private void enter(DeploymentState from) {
        AttemptSource source = context.connection().source();
        String owner = context.who().owner();
        long began = ledger().runs()
                .enter(context.who(), context.key().server(), context.plan().request(), source, from)
                .place();
        earlier = new EarlierAttempts(context, texts, listener, Math.min(began, newest));
        if (from.phase() == Phase.DONE) {
            DeploymentResult ended = from.result();
            // The line may be missing in the log, since a crash may have come first.
            context.log().accept(texts.finished(ended.origin(), ended.record()));
            if (ended.created()) {
                // The line of its claim may be damaged, and other resumed runs may look for their records now.
                context.shared()
                        .claims()
                        .own(
                                context.key(),
                                ended.record(),
                                owner,
                                context.timing().uptime());
            }
        }
        if (from.isOut()) {
            sent.resume(from);
        } else {
            // The request was noted and never sent, or it has landed.
            context.shared().unclaimedRequests().land(owner);
        }
    }

    private Ledger ledger() {
        return context.shared().ledger();
    }

    private SendingPhase sendingPhase() {
        return new SendingPhase(context, texts, sent);
    }

    private void unfinished() throws MetaKraftwerkException, InterruptedException {
        reach(progress.state().unfinished());
        BoundedWait.require(context, context.platformCalls().get(ledger()::kept));
    }

    private void reach(DeploymentState next) throws InterruptedException {
        context.platformCalls().run(() -> progress.reach(next));
    }

    /** Plans and sends. Repeats both while the server refuses the request for now. */
    private DeploymentResult send() throws MetaKraftwerkException, InterruptedException {
        plannedPhase = new PlannedPhase(context, texts, earlier, turn, deadline);
        while (true) {
            step = Step.PREPARING;
            // Saves go on while the run reads from the server.
            VirtualThreads.begin(Runnable::run, this::anchor);
            SendDecision decision = plannedPhase.decide(progress.state());
            if (decision instanceof SendDecision.Take take) {
                return finish(take);
            }
            anchor();
            permit(progress.state().sending(((SendDecision.Send) decision).baseline()));
            step = Step.BETWEEN;
            PendingResponse response = sent.begin();
            step = Step.SETTLING;
            SendingPhase.Outcome outcome = sendingPhase().await(response, progress.state());
            if (outcome instanceof SendingPhase.Landed landed) {
                return finish(landed.record());
            }
            tryAgain((SendingPhase.Retry) outcome);
        }
    }

    private Void anchor() throws MetaKraftwerkException, InterruptedException {
        BoundedWait.require(context, context.platformCalls().get(ledger()::kept));
        context.platformCalls().get(listener::anchor).read();
        return null;
    }

    /** Notes that the request goes out, and asks the listener if it may. */
    private void permit(DeploymentState next) throws MetaKraftwerkException, InterruptedException {
        BoundedWait.require(context, context.platformCalls().get(() -> {
            Signal noted = sent.note(next, () -> progress.is(next));
            progress.tell();
            return noted;
        }));
        Optional<Text> refused = context.platformCalls().get(listener::sends).read();
        if (refused.isPresent()) {
            throw MetaKraftwerkException.refusedLocally(refused.get());
        }
    }

    /**
     * Notes that the request has done nothing, and waits until the next try. After a crash, the run must find this
     * state.
     */
    private void tryAgain(SendingPhase.Retry retry) throws MetaKraftwerkException, InterruptedException {
        step = Step.BETWEEN;
        BoundedWait.awaits(context.timing(), context.platformCalls().get(() -> {
            progress.reached(retry.next());
            return ledger().kept();
        }));
        if (retry.announced().isPresent()) {
            context.say().accept(retry.announced().get());
        }
        VirtualThreadWaits.pause(context.timing(), retry.pause());
    }

    private DeploymentResult finish(SendDecision.Take take) throws MetaKraftwerkException, InterruptedException {
        step = Step.BETWEEN;
        DeploymentResult outcome = context.result(take.origin(), take.record());
        context.platformCalls().run(() -> {
            context.log().accept(take.why());
            progress.reach(progress.state().done(outcome));
            if (plannedPhase != null && outcome.created()) {
                plannedPhase.settle();
            }
        });
        return end.with(outcome);
    }
}
