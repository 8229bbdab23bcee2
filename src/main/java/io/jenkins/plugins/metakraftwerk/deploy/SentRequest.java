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

/** The request of a run: whoever stops it either prevents it or knows of it, and its record is claimed in any case. */
final class SentRequest {

    private final RunContext context;
    private final String owner;

    /** What is noted or sent is so before the run is stopped, or not at all. */
    private final Lock gate = new ReentrantLock();

    private PendingResponse request;
    private volatile boolean stopped;

    /** The state in which it sends; null as long as that was not noted, so that nothing is to be noted of its end. */
    private volatile DeploymentState noted;

    /** Whether it may have been sent before this process began. */
    private volatile boolean isFromBefore;

    /** Whether the server has got a request of this run, and refused it. */
    private volatile boolean wasRefused;

    /** Guarded by the gate, as is the next. */
    private volatile boolean isOver;

    /** Whether its answer is still to come, or its end. */
    private boolean isOnItsWay;

    SentRequest(RunContext context) {
        this.context = context;
        owner = context.who().owner();
    }

    /**
     * Notes what is about to be sent; it must not before that would survive a crash. Notes nothing where it was stopped, so
     * that no attempt sends after its end.
     *
     * @param reached is done with it; must not block
     * @throws InterruptedException where the run was stopped
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

    /** The run goes on after a restart, before which it may have sent. */
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
     * Sends, on a thread that nobody interrupts.
     *
     * @throws InterruptedException where the run was stopped
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
        // From here on it counts as sent, whatever breaks: what is thrown does not tell how far it has come.
        PendingResponse sent = new PendingResponse();
        request = sent;
        isOnItsWay = true;
        try {
            VirtualThreads.begin(
                            context.shared().ready(),
                            () -> client.create(context.plan().request(), () -> !stopped))
                    .whenComplete((record, failure) -> answered(sent, record, failure));
        } catch (RuntimeException | Error e) {
            answered(sent, null, e);
        }
        return sent;
    }

    /** Also of a run that is aborted meanwhile, so that no other takes its record. What was not asked for is not its own. */
    private void answered(PendingResponse sent, BuildDeployment record, Throwable failure) {
        Throwable[] trouble = {failure};
        context.shared().ledger().together(() -> {
            try {
                if (failure == null && context.plan().request().matches(record)) {
                    created(record);
                }
            } catch (RuntimeException | Error e) {
                trouble[0] = e;
            } finally {
                land(trouble[0]);
            }
        });
        sent.complete(record, trouble[0]);
    }

    /** That it has ended so is noted with it, as it will be said. */
    private void created(BuildDeployment record) {
        context.shared()
                .claims()
                .own(context.key(), record, owner, context.timing().uptime());
        if (!stopped && !isOver) {
            DeploymentState done = noted.done(context.result(Origin.CREATED, record));
            context.shared().ledger().runs().reach(owner, context.key().server(), done);
        }
    }

    /** What has no clear answer is left to the run, which looks for its record; nobody else takes that meanwhile. */
    private void land(Throwable failure) {
        gate.lock();
        try {
            landed(failure);
        } finally {
            gate.unlock();
        }
    }

    private void landed(Throwable failure) {
        isOnItsWay = false;
        if (isUnclear(failure) && !isOver) {
            context.shared().unclaimedRequests().seek(owner);
            return;
        }
        if (Futures.cause(failure) instanceof MetaKraftwerkException known && known.effect() != Effect.UNKNOWN) {
            wasRefused |= known.effect() == Effect.REFUSED;
            refused(known);
        }
        context.shared().unclaimedRequests().land(owner);
    }

    /** In one go with the rest, so that no crash comes between. */
    private void refused(MetaKraftwerkException failure) {
        if (leavesDoubt(failure)) {
            context.shared().doubts().note(attempt(noted.baseline()));
        }
        context.shared().ledger().runs().reach(owner, context.key().server(), afterwards(failure));
    }

    /** The state in which it is planned anew, or given up. */
    DeploymentState afterwards(MetaKraftwerkException refusal) {
        return noted.plannedAnew(refusal.effect() == Effect.REFUSED, leavesDoubt(refusal));
    }

    /** Whether the server has refused the request, but perhaps after it was carried out. */
    static boolean leavesDoubt(MetaKraftwerkException failure) {
        return failure.effect() == Effect.REFUSED && failure.is(503);
    }

    /** Whether it is certain after the failure of a request that it was not carried out, nor one before it. */
    static boolean nothingWasDone(MetaKraftwerkException failure, DeploymentState last) {
        return failure.effect() != Effect.UNKNOWN && !leavesDoubt(failure) && !last.doubted();
    }

    private static boolean isUnclear(Throwable failure) {
        return failure != null
                && !(Futures.cause(failure) instanceof MetaKraftwerkException known
                        && known.effect() != Effect.UNKNOWN);
    }

    /** The run has ended: it looks for nothing any more. */
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

    /** Comes when it would survive a crash what became of the request, as far as that is known; perhaps never. */
    Signal kept() {
        return noted != null ? context.shared().ledger().kept() : Signal.given();
    }

    /** The server has refused the request, so that nothing is on its way. */
    void refused() {
        gate.lock();
        try {
            request = null;
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
            return request != null || isFromBefore;
        } finally {
            gate.unlock();
        }
    }

    /** Nothing is sent from now on; answers the request that is on its way, or null. */
    PendingResponse stop() {
        gate.lock();
        try {
            stopped = true;
            return request;
        } finally {
            gate.unlock();
        }
    }
}
