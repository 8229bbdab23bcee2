package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The request of a run: whoever stops it either prevents it or knows of it, and its record is claimed in any case. */
final class SentRequest {

    /** How long a disk may take to note what is about to be sent; longer where calls are tried again for longer. */
    private static final Duration LEAST = Duration.ofMinutes(1);

    private final RunParts parts;
    private final String owner;

    private CompletableFuture<BuildDeployment> request;
    private volatile boolean stopped;

    /** Whether a request of this run was noted, so that it is to be noted what became of it. */
    private volatile boolean noted;

    private volatile long baseline;

    /** Guarded by this, as is the next. */
    private boolean isOver;

    /** Whether its answer is still to come, or its end. */
    private boolean isOnItsWay;

    SentRequest(RunParts parts) {
        this.parts = parts;
        owner = parts.who().owner();
    }

    /** Notes what is about to be sent. Fails where that would not survive a crash: then nothing may be sent. */
    CompletableFuture<Void> note(long above) {
        noted = true;
        baseline = above;
        CompletableFuture<Void> kept =
                parts.shared().flights().takeOff(attempt(above)).kept();
        Duration limit = parts.plan().retryLimit();
        Duration patience = limit.compareTo(LEAST) > 0 ? limit : LEAST;
        return Patience.within(parts.timing(), patience, kept)
                .thenCompose(survives -> survives
                        ? CompletableFuture.<Void>completedFuture(null)
                        : CompletableFuture.failedFuture(
                                MetaKraftwerkException.refusedLocally(Text.of("ledger.notKept"))));
    }

    /** The run goes on after a restart, before which it may have sent. */
    void resume(long baseline) {
        noted = true;
        parts.shared().flights().goOn(attempt(baseline));
    }

    private UnknownAttempt attempt(long baseline) {
        String executor = UnknownAttempt.executor(parts.plan().request());
        return UnknownAttempt.of(
                parts.key(), executor, parts.who(), baseline, parts.timing().now());
    }

    /** Sends, unless it was stopped: the answer then never comes. Cancelling the answer does not recall the request. */
    synchronized CompletableFuture<BuildDeployment> begin() {
        if (stopped) {
            return new CompletableFuture<>();
        }
        MetaKraftwerkClient client = parts.connection().client();
        // From here on it counts as sent, whatever breaks: what is thrown does not tell how far it has come.
        CompletableFuture<BuildDeployment> sent = new CompletableFuture<>();
        request = sent;
        isOnItsWay = true;
        try {
            client.create(parts.plan().request(), () -> !stopped)
                    .whenComplete((record, failure) -> answered(sent, record, failure));
        } catch (RuntimeException | Error e) {
            answered(sent, null, e);
        }
        return sent.copy();
    }

    /** Also of a run that is aborted meanwhile, so that no other takes its record. What was not asked for is not its own. */
    private void answered(CompletableFuture<BuildDeployment> sent, BuildDeployment record, Throwable failure) {
        Throwable trouble = failure;
        try {
            if (failure == null && parts.plan().request().matches(record)) {
                parts.shared()
                        .claims()
                        .own(parts.key(), record, owner, parts.timing().uptime());
            }
        } catch (RuntimeException | Error e) {
            trouble = e;
        } finally {
            land(trouble);
        }
        if (trouble == null) {
            sent.complete(record);
        } else {
            sent.completeExceptionally(trouble);
        }
    }

    /** What has no clear answer is left to the run, which looks for its record; nobody else takes that meanwhile. */
    private synchronized void land(Throwable failure) {
        isOnItsWay = false;
        if (isUnclear(failure) && !isOver) {
            parts.shared().flights().seek(owner);
            return;
        }
        if (Futures.cause(failure) instanceof MetaKraftwerkException known && leavesDoubt(known)) {
            parts.shared().doubts().note(attempt(baseline));
        }
        parts.shared().flights().land(owner);
    }

    /** Whether the server has refused the request, but perhaps after it was carried out. */
    static boolean leavesDoubt(MetaKraftwerkException failure) {
        return failure.effect() == Effect.REFUSED && failure.is(503);
    }

    private static boolean isUnclear(Throwable failure) {
        return failure != null
                && !(Futures.cause(failure) instanceof MetaKraftwerkException known
                        && known.effect() != Effect.UNKNOWN);
    }

    /** The run has ended: it looks for nothing any more. */
    synchronized void over() {
        isOver = true;
        if (noted && !isOnItsWay) {
            parts.shared().flights().land(owner);
        }
    }

    /** Completes when it would survive a crash what became of the request, as far as that is known; perhaps never. */
    CompletableFuture<Void> kept() {
        return noted ? parts.shared().ledger().kept() : CompletableFuture.completedFuture(null);
    }

    /** The server has refused the request, so that nothing is on its way. */
    synchronized void refused() {
        request = null;
    }

    synchronized boolean isOut() {
        return request != null;
    }

    /** Nothing is sent from now on; answers the request that is on its way, or null. */
    synchronized CompletableFuture<BuildDeployment> stop() {
        stopped = true;
        return request;
    }
}
