package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import java.util.concurrent.CompletableFuture;

/**
 * One deployment, done exactly once. The run notes what is there, notes that it is about to send, and sends. If the
 * response is lost, it looks for the record and does not send again: the API has no idempotency key, see
 * docs/architecture.md.
 *
 * <p>A run goes from state to state. Each state is noted in the ledger, and acted on only when it would survive a
 * crash. After a restart, a run goes on from the noted state, which alone says what may have been done. A run that has
 * ended returns its result; a run that cannot go on says if it may have sent. All of this happens on one virtual
 * thread, which may block.
 */
public final class DeploymentRun {

    private final RunContext context;
    private final DeploymentRunListener listener;
    private final RunProgress progress;
    private final SentRequest sent;
    private final RunTurn turn;
    private final RunEnd end;
    private volatile boolean aborted;

    /** @param initial the state in which the run begins */
    public DeploymentRun(
            RunCoordination shared,
            ServerConnector connector,
            DeploymentPlan plan,
            RunIdentity who,
            DeploymentRunListener listener,
            DeploymentState initial) {
        context = RunContext.forRun(shared, connector, plan, who, new SafeLog(listener::log));
        this.listener = listener;
        progress = new RunProgress(context, listener, initial);
        sent = new SentRequest(context);
        turn = new RunTurn(context);
        end = new RunEnd(context, new RunTexts(plan), sent);
    }

    /**
     * Begins.
     *
     * @return runs to the end on the virtual thread that calls it; {@link #abort} interrupts it. It throws a {@link
     *     MetaKraftwerkException} if the run fails, with the effect {@code UNKNOWN} if it may have deployed
     */
    public ReadRetries.ReadCall<DeploymentResult> start() {
        RunProcedure procedure = procedure();
        return toTheEnd(procedure, procedure::begin);
    }

    /**
     * Goes on after a restart from the state in the ledger, to the end as {@link #start}. It waits for a server, folder
     * or credential that Jenkins has not loaded yet.
     *
     * @param enteredIn the id of the ledger that has this run, as its Jenkins build has kept it; null if it has kept
     *     none
     */
    public ReadRetries.ReadCall<DeploymentResult> resume(String enteredIn) {
        DeploymentState initial = progress.state();
        progress.recall(enteredIn, initial);
        RunProcedure procedure = procedure();
        if (LedgerWait.trouble(context).isEmpty()) {
            // On this thread: runs come back in their order, but their threads start in any order.
            turn.resume(progress.state());
            return toTheEnd(procedure, () -> procedure.deploy(ConnectPhase::afterARestart));
        }
        turn.comesBack();
        return toTheEnd(procedure, () -> procedure.comeBack(enteredIn, initial));
    }

    /** Finds the outcome of a run that nobody goes on with and that may have sent. Sends nothing. */
    public ReadRetries.ReadCall<DeploymentResult> findOut() {
        progress.findOut();
        RunProcedure procedure = procedure();
        return toTheEnd(procedure, () -> procedure.deploy(ConnectPhase::afterARestart));
    }

    private RunProcedure procedure() {
        return new RunProcedure(context, listener, progress, sent, turn, end);
    }

    private ReadRetries.ReadCall<DeploymentResult> toTheEnd(
            RunProcedure procedure, ReadRetries.ReadCall<DeploymentResult> steps) {
        return () -> {
            DeploymentResult result;
            try {
                result = context.shared().threads().go(this, () -> unlessAborted(procedure, steps));
            } catch (MetaKraftwerkException | RuntimeException | Error e) {
                ended(e);
                throw e;
            }
            ended(null);
            return result;
        };
    }

    /**
     * Frees the turn for other runs when the end of this run is known. Does not wait for that, so that the end is told
     * first. An aborted run frees it a little later.
     */
    private void ended(Throwable failure) {
        try {
            context.shared().ready().execute(() -> {
                leave();
                end.noteIfBroken(failure, progress.state());
            });
        } catch (RuntimeException | Error e) {
            // The caller is told the end in any case.
        }
    }

    private DeploymentResult unlessAborted(RunProcedure procedure, ReadRetries.ReadCall<DeploymentResult> steps)
            throws MetaKraftwerkException, InterruptedException {
        if (aborted) {
            throw new InterruptedException();
        }
        return procedure.toTheEnd(steps);
    }

    /**
     * Ends the run. Nothing is sent from now on; a request that is on its way is not recalled. Does not block.
     *
     * @return completes within 600 ms
     */
    public CompletableFuture<AbortOutcome> abort() {
        PendingResponse request = sent.stop();
        context.platformCalls().close();
        DeploymentState last = progress.state();
        aborted = true;
        context.shared().threads().interrupt(this);
        return new AbortReport(context, listener, sent.wasRefused() || last.refused())
                .forState(last, request, progress.isResumed())
                .whenComplete((outcome, failure) -> leave());
    }

    /** Ends a run after a restart, before it goes on; otherwise as {@link #abort}. */
    public CompletableFuture<AbortOutcome> abandon(String enteredIn) {
        progress.recall(enteredIn, progress.state());
        return abort();
    }

    /** Ends the search of this run and frees its turn. */
    private void leave() {
        sent.over();
        turn.leave();
    }
}
