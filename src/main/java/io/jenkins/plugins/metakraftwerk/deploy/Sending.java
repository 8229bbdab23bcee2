package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import java.util.concurrent.CompletableFuture;

/** The request of a run: whoever stops it either prevents it or knows of it, and its record is claimed in any case. */
final class Sending {

    private final MetaKraftwerkClient client;
    private final DeploymentPlan plan;
    private final Claims claims;
    private final Object owner;

    private CompletableFuture<BuildDeployment> request;
    private volatile boolean stopped;

    Sending(MetaKraftwerkClient client, DeploymentPlan plan, Claims claims, Object owner) {
        this.client = client;
        this.plan = plan;
        this.claims = claims;
        this.owner = owner;
    }

    /** Requests of one scope may create records that look alike. Names and ids may mean the same, so only the build counts. */
    static String scope(MetaKraftwerkClient client, DeploymentPlan plan) {
        return client.server() + "#" + plan.request().buildId();
    }

    /** Sends, unless it was stopped: the answer then never comes. */
    synchronized CompletableFuture<BuildDeployment> begin() {
        if (stopped) {
            return new CompletableFuture<>();
        }
        Claims.Flight flight = claims.takeOff(scope(client, plan), owner);
        // Also for a run that is aborted meanwhile, so that no other takes this record for its own.
        request = client.create(plan.request(), () -> !stopped).whenComplete((record, failure) -> {
            if (failure == null) {
                claims.claim(client.server().toString(), record.id(), owner);
            }
            claims.land(flight);
        });
        return request;
    }

    /** The server has refused the request, so that nothing is on its way. */
    synchronized void refused() {
        request = null;
    }

    /** Nothing is sent from now on; answers the request that is on its way, or null. */
    synchronized CompletableFuture<BuildDeployment> stop() {
        stopped = true;
        return request;
    }
}
