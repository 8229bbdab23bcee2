package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import java.util.concurrent.CompletableFuture;

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

    private final RunContext context;
    private final DeploymentRunListener listener;
    private final RunProgress progress;
    private final SentRequest sent;
    private final RunTurn turn;
    private final RunEnd end;
    private volatile boolean aborted;

    /** @param initial where it begins */
    public DeploymentRun(
            RunCoordination shared,
            ServerConnector destination,
            DeploymentPlan plan,
            RunIdentity who,
            DeploymentRunListener listener,
            DeploymentState initial) {
        context = RunContext.forRun(shared, destination, plan, who, new SafeLog(listener::log));
        this.listener = listener;
        progress = new RunProgress(context, listener, initial);
        sent = new SentRequest(context);
        turn = new RunTurn(context);
        end = new RunEnd(context, new RunTexts(plan), sent);
    }

    /**
     * Begins.
     *
     * @return lets a virtual thread run to the end; {@link #abort} interrupts it
     */
    public ReadRetries.ReadCall<DeploymentResult> start() {
        RunProcedure line = line();
        return toTheEnd(line, () -> line.deploy(ConnectPhase::once));
    }

    /**
     * Goes on after a restart from where the ledger says, and to the end as {@link #start}. What it needs for that may come
     * late: it is waited for.
     *
     * @param enteredIn the id of the ledger that the run has entered for all that its Jenkins build knows; null for none
     */
    public ReadRetries.ReadCall<DeploymentResult> resume(String enteredIn) {
        DeploymentState initial = progress.state();
        progress.recall(enteredIn, initial);
        RunProcedure line = line();
        if (LedgerWait.trouble(context).isEmpty()) {
            // Here, since the order of those that come back is not that in which there is a thread for them.
            turn.resume(progress.state());
            return toTheEnd(line, () -> line.deploy(ConnectPhase::afterARestart));
        }
        turn.comesBack();
        return toTheEnd(line, () -> line.comeBack(enteredIn, initial));
    }

    /**
     * Finds out what became of a run that nobody goes on with, from a state in which it may have sent; sends nothing.
     */
    public ReadRetries.ReadCall<DeploymentResult> findOut() {
        progress.findOut();
        RunProcedure line = line();
        return toTheEnd(line, () -> line.deploy(ConnectPhase::afterARestart));
    }

    private RunProcedure line() {
        return new RunProcedure(context, listener, progress, sent, turn, end);
    }

    private ReadRetries.ReadCall<DeploymentResult> toTheEnd(
            RunProcedure line, ReadRetries.ReadCall<DeploymentResult> way) {
        return () -> {
            DeploymentResult result;
            try {
                result = context.shared().threads().go(this, () -> unlessAborted(line, way));
            } catch (MetaKraftwerkException | RuntimeException | Error e) {
                over(e);
                throw e;
            }
            over(null);
            return result;
        };
    }

    /** Others have their turn when it is known how this run ended; of one that is aborted, a little later. */
    private void over(Throwable failure) throws InterruptedException {
        try {
            new PlatformCalls(context.shared().ready()).run(() -> {
                leave();
                end.noteIfBroken(failure, progress.state());
            });
        } catch (RuntimeException | Error e) {
            // How it ended is told in any case.
        }
    }

    private DeploymentResult unlessAborted(RunProcedure line, ReadRetries.ReadCall<DeploymentResult> way)
            throws MetaKraftwerkException, InterruptedException {
        if (aborted) {
            throw new InterruptedException();
        }
        return line.toTheEnd(way);
    }

    /**
     * Ends the run. Nothing is sent any more; a request that is on its way is let go, not recalled. Does not block.
     *
     * @return within 600 ms
     */
    public CompletableFuture<AbortOutcome> abort() {
        PendingResponse request = sent.stop();
        context.platformCalls().close();
        DeploymentState last = progress.state();
        aborted = true;
        context.shared().threads().interrupt(this);
        return new AbortReport(context, listener, sent.wasRefused() || last.refused())
                .forState(last, request, progress.isResumed())
                .whenComplete((aborted, failure) -> leave());
    }

    /** Ends it before it goes on after a restart; else as {@link #abort}. */
    public CompletableFuture<AbortOutcome> abandon(String enteredIn) {
        progress.recall(enteredIn, progress.state());
        return abort();
    }

    /** It looks for nothing any more, and nobody waits for it. */
    private void leave() {
        sent.over();
        turn.leave();
    }
}
