package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
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
            claims.land(flight);
        }
        if (trouble == null) {
            sent.complete(record);
        } else {
            sent.completeExceptionally(trouble);
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
