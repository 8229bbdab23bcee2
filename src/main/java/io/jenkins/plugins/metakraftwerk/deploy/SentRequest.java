package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import java.util.concurrent.CompletableFuture;

/** The request of a run: whoever stops it either prevents it or knows of it, and its record is claimed in any case. */
final class SentRequest {

    private final RunParts parts;

    private CompletableFuture<BuildDeployment> request;
    private volatile boolean stopped;

    /** The request that had no clear answer, as others see it; null where there is none. Guarded by this, as is the next. */
    private Claims.Flight sought;

    private boolean isOver;

    SentRequest(RunParts parts) {
        this.parts = parts;
    }

    /** Sends, unless it was stopped: the answer then never comes. Cancelling the answer does not recall the request. */
    synchronized CompletableFuture<BuildDeployment> begin() {
        if (stopped) {
            return new CompletableFuture<>();
        }
        MetaKraftwerkClient client = parts.connection().client();
        Claims.Flight flight =
                parts.shared().claims().takeOff(parts.key().scope(), parts.who().owner());
        // From here on it counts as sent, whatever breaks: what is thrown does not tell how far it has come.
        CompletableFuture<BuildDeployment> sent = new CompletableFuture<>();
        request = sent;
        try {
            client.create(parts.plan().request(), () -> !stopped)
                    .whenComplete((record, failure) -> answered(sent, flight, record, failure));
        } catch (RuntimeException | Error e) {
            answered(sent, flight, null, e);
        }
        return sent.copy();
    }

    /** Also of a run that is aborted meanwhile, so that no other takes its record. What was not asked for is not its own. */
    private void answered(
            CompletableFuture<BuildDeployment> sent, Claims.Flight flight, BuildDeployment record, Throwable failure) {
        Claims claims = parts.shared().claims();
        Throwable trouble = failure;
        try {
            if (failure == null && parts.plan().request().matches(record)) {
                claims.own(
                        parts.key(), record, parts.who().owner(), parts.timing().uptime());
            }
        } catch (RuntimeException | Error e) {
            trouble = e;
        } finally {
            land(flight, trouble);
        }
        if (trouble == null) {
            sent.complete(record);
        } else {
            sent.completeExceptionally(trouble);
        }
    }

    /** What has no clear answer is left to the run, which looks for its record; nobody else takes that meanwhile. */
    private synchronized void land(Claims.Flight flight, Throwable failure) {
        Claims claims = parts.shared().claims();
        if (isUnclear(failure) && !isOver) {
            sought = flight;
            claims.seek(flight);
        } else {
            claims.land(flight);
        }
    }

    private static boolean isUnclear(Throwable failure) {
        return failure != null
                && !(Futures.cause(failure) instanceof MetaKraftwerkException known
                        && known.effect() != Effect.UNKNOWN);
    }

    /** The run has ended: it looks for nothing any more. */
    synchronized void over() {
        isOver = true;
        if (sought != null) {
            parts.shared().claims().land(sought);
            sought = null;
        }
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
