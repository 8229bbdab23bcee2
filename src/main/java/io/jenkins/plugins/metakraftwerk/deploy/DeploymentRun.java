package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Repeats;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.client.Waits;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One deployment, exactly once: notes what is there, remembers that it is about to send, sends, and where the answer is
 * lost looks for what became of it instead of sending again.
 *
 * <p>A run goes from state to state; each new state is noted in the ledger, and acted on when it would survive a crash. A
 * run that goes on after a restart does so from the state there, and that alone says what may have been done: what has
 * ended brings its result, what cannot go on says whether it may have sent. All of it is one virtual thread, which waits
 * for whatever takes time.
 */
public final class DeploymentRun {

    private static final Logger LOGGER = Logger.getLogger(DeploymentRun.class.getName());

    /** How the way to the server is found. */
    private interface Way {
        void open(RunParts parts) throws MetaKraftwerkException, InterruptedException;
    }

    /** What the run is at, which says what a failure means. */
    private enum Step {
        /** It has not gone on from where it begins. */
        OPENING,
        /** Nothing is on its way, though perhaps in doubt. */
        PREPARING,
        /** A request may have been carried out. */
        SETTLING,
        /** It does what is not to fail. */
        BETWEEN
    }

    private final RunParts parts;
    private final RunTexts texts;
    private final RunListener listener;
    private final SentRequest sent;
    private final CompletableFuture<DeploymentResult> result = new CompletableFuture<>();
    private final RunTurn turn;
    private final RunEnd end;

    private EarlierAttempts earlier;
    private BeforeSending before;
    private Deadline deadline;
    private Step step = Step.OPENING;
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
        parts = RunParts.of(shared, destination, plan, who, new SafeLog(listener::log));
        texts = new RunTexts(plan);
        this.listener = listener;
        state = initial;
        sent = new SentRequest(parts);
        turn = new RunTurn(parts);
        end = new RunEnd(parts, texts, sent);
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
        return begin(() -> deploy(Opening::once));
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
        if (MemoryWait.trouble(parts).isEmpty()) {
            // Here, since the order of those that come back is not that in which there is a thread for them.
            turn.resume(state);
            return begin(() -> deploy(Opening::afterARestart));
        }
        turn.comesBack();
        return begin(() -> {
            new MemoryWait(parts, deadline).await();
            parts.door().run(() -> {
                recall(enteredIn, initial);
                turn.resume(state);
            });
            return deploy(Opening::afterARestart);
        });
    }

    /**
     * Finds out what became of a run that nobody goes on with, from a state in which it may have sent; sends nothing.
     */
    public CompletableFuture<DeploymentResult> findOut() {
        resumed = true;
        tell(state);
        return begin(() -> deploy(Opening::afterARestart));
    }

    private CompletableFuture<DeploymentResult> begin(Repeats.Reading<DeploymentResult> line) {
        // Once, since the clock may be set while this process runs.
        deadline = Deadline.at(parts.timing(), state.waitUntil(), parts.plan().waitLimit());
        Coordination shared = parts.shared();
        VirtualThreads.begin(shared.work(), () -> shared.threads().go(() -> toTheEnd(line)), result);
        return result;
    }

    private DeploymentResult toTheEnd(Repeats.Reading<DeploymentResult> line)
            throws MetaKraftwerkException, InterruptedException {
        try {
            return line.read();
        } catch (MetaKraftwerkException | RuntimeException | Error e) {
            return switch (step) {
                case OPENING -> throw end.notBegun(parts.known(e), state);
                case PREPARING -> giveUp(RunTexts.beforeSending(parts.known(e)));
                case SETTLING -> throw end.afterSending(e, state);
                case BETWEEN -> end.broken(e, state);
            };
        }
    }

    private DeploymentResult giveUp(MetaKraftwerkException failure)
            throws MetaKraftwerkException, InterruptedException {
        if (!state.doubted()) {
            throw end.forGood(failure, state);
        }
        step = Step.SETTLING;
        return toTheEnd(() -> finish(phase().giveUp(failure, state).record()));
    }

    private DeploymentResult deploy(Way opening) throws MetaKraftwerkException, InterruptedException {
        DeploymentState from = state;
        parts.door().run(() -> enter(from));
        if (from.phase() == Phase.DONE) {
            return end.with(from.result());
        }
        if (from.isBeyondUs()) {
            String why = from.phase() == Phase.LOST ? "run.lostState" : "run.newer";
            step = Step.SETTLING;
            throw texts.unknown(Text.of(why, from.stage()), null);
        }
        opening.open(parts);
        if (resumed) {
            parts.say().accept(Text.of("run.resumed"));
            step = Step.SETTLING;
            return finish(phase().resume(from, deadline).record());
        }
        step = Step.PREPARING;
        parts.say().accept(texts.begin());
        if (from.phase() == Phase.WAITING) {
            new BuildWait(parts, deadline, this::unfinished).await();
            reach(state.planned());
        }
        return send();
    }

    /** What others must know of it at once. */
    private void enter(DeploymentState from) {
        AttemptSource source = parts.connection().source();
        String owner = parts.who().owner();
        long began = ledger().runs()
                .enter(parts.who(), parts.key().server(), parts.plan().request(), source, from)
                .place();
        earlier = new EarlierAttempts(parts, texts, listener, began);
        if (from.phase() == Phase.DONE) {
            DeploymentResult ended = from.result();
            // A crash may have come before that was said.
            parts.log().accept(texts.finished(ended.origin(), ended.record()));
            if (ended.created()) {
                // Others that are resumed may be looking for records of their own.
                parts.shared()
                        .claims()
                        .own(parts.key(), ended.record(), owner, parts.timing().uptime());
            }
        }
        if (from.isOut()) {
            sent.resume(from);
        } else {
            // Noted, and not sent; or landed.
            parts.shared().flights().land(owner);
        }
    }

    private Ledger ledger() {
        return parts.shared().ledger();
    }

    private SendingPhase phase() {
        return new SendingPhase(parts, texts, sent);
    }

    private void unfinished() throws MetaKraftwerkException, InterruptedException {
        reach(state.unfinished());
        Patience.require(parts, parts.door().get(ledger()::kept));
    }

    /** Plans and sends, again and again while it is refused for now. */
    private DeploymentResult send() throws MetaKraftwerkException, InterruptedException {
        before = new BeforeSending(parts, texts, earlier, turn, deadline);
        while (true) {
            step = Step.PREPARING;
            // What has to be saved for it is saved while it looks.
            VirtualThreads.begin(Runnable::run, this::anchor);
            Decision decision = before.decide(state);
            if (decision instanceof Decision.Take take) {
                return finish(take);
            }
            anchor();
            permit(state.sending(((Decision.Send) decision).baseline()));
            step = Step.BETWEEN;
            CompletableFuture<BuildDeployment> answer = sent.begin();
            step = Step.SETTLING;
            SendingPhase.Outcome outcome = phase().await(answer, state);
            if (outcome instanceof SendingPhase.Landed landed) {
                return finish(landed.record());
            }
            tryAgain((SendingPhase.Again) outcome);
        }
    }

    private Void anchor() throws MetaKraftwerkException, InterruptedException {
        Patience.require(parts, parts.door().get(ledger()::kept));
        Waits.of(parts.door().get(listener::anchor));
        return null;
    }

    /** It is noted that the request goes out, and nobody has anything against that. */
    private void permit(DeploymentState next) throws MetaKraftwerkException, InterruptedException {
        Patience.require(parts, parts.door().get(() -> {
            CompletableFuture<Void> noted = sent.note(next, () -> state = next);
            tell(next);
            return noted;
        }));
        Optional<Text> refused = Waits.of(parts.door().get(listener::sends));
        if (refused.isPresent()) {
            throw MetaKraftwerkException.refusedLocally(refused.get());
        }
    }

    /** Nothing was done, and a crash from here on must find a state that says so. */
    private void tryAgain(SendingPhase.Again again) throws MetaKraftwerkException, InterruptedException {
        step = Step.BETWEEN;
        Patience.awaits(parts.timing(), parts.door().get(() -> {
            reached(again.next());
            return ledger().kept();
        }));
        if (again.announced().isPresent()) {
            parts.say().accept(again.announced().get());
        }
        Waits.pause(parts.timing(), again.pause());
    }

    private DeploymentResult finish(Decision.Take take) throws MetaKraftwerkException, InterruptedException {
        step = Step.BETWEEN;
        DeploymentResult outcome = parts.result(take.origin(), take.record());
        parts.door().run(() -> {
            parts.log().accept(take.why());
            note(state.done(outcome));
            if (before != null && outcome.created()) {
                before.settle();
            }
        });
        return end.with(outcome);
    }

    private void reach(DeploymentState next) throws InterruptedException {
        parts.door().run(() -> note(next));
    }

    private void note(DeploymentState next) {
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

    private void recall(String enteredIn, DeploymentState initial) {
        state = ledger().recall(parts.who().owner(), parts.key().server(), enteredIn, initial);
        resumed = state.isOut();
        tell(state);
    }

    /**
     * Ends the run. Nothing is sent any more; a request that is on its way is let go, not recalled. Does not block.
     *
     * @return within 600 ms
     */
    public CompletableFuture<Aborted> abort() {
        CompletableFuture<BuildDeployment> request = sent.stop();
        parts.door().close();
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
