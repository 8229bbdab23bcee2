package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import java.util.concurrent.CompletableFuture;

/** The request of a run: whoever stops it either prevents it or knows of it, and its record is claimed in any case. */
final class SentRequest {

    private final RunParts parts;

    private CompletableFuture<BuildDeployment> request;
    private volatile boolean stopped;

    SentRequest(RunParts parts) {
        this.parts = parts;
    }

    /** Sends, unless it was stopped: the answer then never comes. Cancelling the answer does not recall the request. */
    synchronized CompletableFuture<BuildDeployment> begin() {
        if (stopped) {
            return new CompletableFuture<>();
        }
        Claims claims = parts.shared().claims();
        RequestKey key = parts.key();
        String owner = parts.who().owner();
        Claims.Flight flight = claims.takeOff(key.scope(), owner);
        CompletableFuture<BuildDeployment> call;
        try {
            call = parts.connection().client().create(parts.plan().request(), () -> !stopped);
        } catch (RuntimeException e) {
            claims.land(flight);
            throw e;
        }
        // Also for a run that is aborted meanwhile, so that no other takes this record for its own.
        request = call.whenComplete((record, failure) -> {
            try {
                if (failure == null) {
                    claims.own(key, record, owner, parts.timing().uptime());
                }
            } finally {
                claims.land(flight);
            }
        });
        return request.copy();
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
