package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Request of a run. A stop either prevents it or knows that it is out. Its record is claimed in any case. */
final class SentRequest {

    private final RunContext context;
    private final String owner;

    /** Held while the request is noted, sent or stopped. So nothing is noted or sent after a stop. */
    private final Lock gate = new ReentrantLock();

    private PendingResponse pending;
    private volatile boolean stopped;

    /**
     * State in which the request goes out; null until it is noted. Without a note, the end of the request is not noted
     * either.
     */
    private volatile DeploymentState noted;

    /** True if the request may have been sent before this process began. */
    private volatile boolean isFromBefore;

    /** True if the server has got a request of this run and refused it. */
    private volatile boolean wasRefused;

    /** True if the run has ended. Written under the gate. */
    private volatile boolean isOver;

    /** True while the request is out. Guarded by the gate. */
    private boolean isOnItsWay;

    SentRequest(RunContext context) {
        this.context = context;
        owner = context.who().owner();
    }

    /**
     * Notes the request that is about to be sent. It must not go out before the signal has come. Notes nothing after a
     * stop, so that no attempt sends after its end.
     *
     * @param reached runs under the gate after the note; must not block
     * @throws InterruptedException if the run was stopped
     */
    Signal note(DeploymentState sending, Runnable reached) throws InterruptedException {
        UnknownAttempt attempt = attempt(sending.baseline());
        gate.lock();
        try {
            requireGoing();
            noted = sending;
            Signal kept = context.shared().ledger().sends(attempt, sending);
            reached.run();
            return kept;
        } finally {
            gate.unlock();
        }
    }

    private void requireGoing() throws InterruptedException {
        if (stopped) {
            throw new InterruptedException();
        }
    }

    /** Takes up the request of a run that may have sent before a restart. */
    void resume(DeploymentState from) {
        noted = from;
        isFromBefore = true;
        context.shared().unclaimedRequests().goOn(attempt(from.baseline()));
    }

    private UnknownAttempt attempt(long baseline) {
        String executor = UnknownAttempt.executor(context.plan().request());
        return UnknownAttempt.forRequest(
                context.key(),
                executor,
                context.who(),
                baseline,
                context.timing().now());
    }

    /**
     * Sends on a thread that nobody interrupts.
     *
     * @throws InterruptedException if the run was stopped
     */
    PendingResponse begin() throws InterruptedException {
        gate.lock();
        try {
            requireGoing();
            return send();
        } finally {
            gate.unlock();
        }
    }

    private PendingResponse send() {
        MetaKraftwerkClient client = context.connection().client();
        // From here on the request counts as sent: an exception does not show how far it came.
        PendingResponse response = new PendingResponse();
        pending = response;
        isOnItsWay = true;
        try {
            VirtualThreads.begin(
                            context.shared().ready(),
                            () -> client.create(context.plan().request(), () -> !stopped))
                    .whenComplete((record, failure) -> handleResponse(response, record, failure));
        } catch (RuntimeException | Error e) {
            handleResponse(response, null, e);
        }
        return response;
    }

    /**
     * Handles the response, also of a run that was aborted meanwhile: no other run may take its record. A record that
     * does not match the request is not claimed.
     */
    private void handleResponse(PendingResponse response, BuildDeployment record, Throwable failure) {
        Throwable[] trouble = {failure};
        context.shared().ledger().together(() -> {
            try {
                if (failure == null && context.plan().request().matches(record)) {
                    claimAndNote(record);
                }
            } catch (RuntimeException | Error e) {
                trouble[0] = e;
            } finally {
                noteEnd(trouble[0]);
            }
        });
        response.complete(record, trouble[0]);
    }

    /** Claims the record, and notes the end of the run together with the claim. */
    private void claimAndNote(BuildDeployment record) {
        context.shared()
                .claims()
                .own(context.key(), record, owner, context.timing().uptime());
        if (!stopped && !isOver) {
            DeploymentState done = noted.done(context.result(Origin.CREATED, record));
            context.shared().ledger().runs().reach(owner, context.key().server(), done);
        }
    }

    /**
     * Notes the end of the request. Without a clear response, the run looks for the record, and no other run may take
     * it meanwhile.
     */
    private void noteEnd(Throwable failure) {
        gate.lock();
        try {
            noteEndLocked(failure);
        } finally {
            gate.unlock();
        }
    }

    private void noteEndLocked(Throwable failure) {
        isOnItsWay = false;
        if (isUnclear(failure) && !isOver) {
            context.shared().unclaimedRequests().seek(owner);
            return;
        }
        if (Futures.cause(failure) instanceof MetaKraftwerkException known && known.effect() != Effect.UNKNOWN) {
            wasRefused |= known.effect() == Effect.REFUSED;
            noteRefusal(known);
        }
        context.shared().unclaimedRequests().land(owner);
    }

    /** Notes a refusal in one go with the end of the request, so that no crash comes between. */
    private void noteRefusal(MetaKraftwerkException failure) {
        if (leavesDoubt(failure)) {
            context.shared().doubts().note(attempt(noted.baseline()));
        }
        context.shared().ledger().runs().reach(owner, context.key().server(), afterwards(failure));
    }

    /** Returns the state after a refusal, for a new plan or for the end. */
    DeploymentState afterwards(MetaKraftwerkException refusal) {
        return noted.plannedAnew(refusal.effect() == Effect.REFUSED, leavesDoubt(refusal));
    }

    /**
     * Returns true for a 503 in the API's own form: the request may have been carried out before, see
     * docs/architecture.md.
     */
    static boolean leavesDoubt(MetaKraftwerkException failure) {
        return failure.effect() == Effect.REFUSED && failure.is(503);
    }

    /** Returns true if neither the failed request nor an earlier one of the run was carried out. */
    static boolean nothingWasDone(MetaKraftwerkException failure, DeploymentState last) {
        return failure.effect() != Effect.UNKNOWN && !leavesDoubt(failure) && !last.doubted();
    }

    private static boolean isUnclear(Throwable failure) {
        return failure != null
                && !(Futures.cause(failure) instanceof MetaKraftwerkException known
                        && known.effect() != Effect.UNKNOWN);
    }

    /** Notes that the run has ended and does not look for a record any more. */
    void over() {
        gate.lock();
        try {
            isOver = true;
            if (noted != null && !isOnItsWay) {
                context.shared().unclaimedRequests().land(owner);
            }
        } finally {
            gate.unlock();
        }
    }

    /** Returns a signal that comes when the known outcome of the request would survive a crash; perhaps never. */
    Signal kept() {
        return noted != null ? context.shared().ledger().kept() : Signal.given();
    }

    /** Forgets the request after a refusal: nothing is on its way. */
    void refused() {
        gate.lock();
        try {
            pending = null;
        } finally {
            gate.unlock();
        }
    }

    boolean wasRefused() {
        return wasRefused;
    }

    boolean isOut() {
        gate.lock();
        try {
            return pending != null || isFromBefore;
        } finally {
            gate.unlock();
        }
    }

    /**
     * Stops the request: nothing is sent from now on. Returns the request, which may have its response already. Returns
     * null if it was not sent, or if it was refused.
     */
    PendingResponse stop() {
        gate.lock();
        try {
            stopped = true;
            return pending;
        } finally {
            gate.unlock();
        }
    }
}
