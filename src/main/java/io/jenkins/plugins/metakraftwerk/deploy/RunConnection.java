package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The server of one run. A run may wait for days, in which somebody stores a new token; so where a token is refused, its
 * credential is looked up once more, once in a run.
 */
final class RunConnection {

    private final Destination destination;
    private volatile Connection connection;

    /** The look-up, once there is one, and the client whose token was refused. */
    private CompletableFuture<Boolean> renewal;

    private MetaKraftwerkClient refused;

    RunConnection(Destination destination) {
        this.destination = destination;
    }

    /** Finds the way, before anything is asked. May block. */
    void connect() throws MetaKraftwerkException {
        connection = destination.connect();
    }

    boolean isThere() {
        return connection != null;
    }

    MetaKraftwerkClient client() {
        return connection.client();
    }

    ServerUrl server() {
        return destination.server();
    }

    AttemptSource source() {
        return destination.source();
    }

    /** A call that only reads; made again with the new client where there is one. */
    <T> CompletableFuture<T> read(Function<MetaKraftwerkClient, CompletableFuture<T>> call) {
        Chain<T> result = new Chain<>();
        attempt(call, result);
        return result;
    }

    private <T> void attempt(Function<MetaKraftwerkClient, CompletableFuture<T>> call, Chain<T> result) {
        MetaKraftwerkClient used = connection.client();
        result.either(call.apply(used), (value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else if (failure instanceof MetaKraftwerkException known && mayRenew(known, used)) {
                result.either(renew(used), (changed, trouble) -> {
                    if (trouble == null && changed) {
                        attempt(call, result);
                    } else {
                        result.completeExceptionally(known);
                    }
                });
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    /** Whether it is worth while to look the credential up, or to wait for that: not if it has been since. */
    synchronized boolean mayRenew(MetaKraftwerkException failure, MetaKraftwerkClient used) {
        return failure.is(401) && (renewal == null || used == refused);
    }

    /** Shared by all calls that were made with the old token. */
    synchronized CompletableFuture<Boolean> renew(MetaKraftwerkClient used) {
        if (renewal == null) {
            refused = used;
            // What is the same must not be tried for ever, whatever is said of it.
            renewal = connection.renew().thenApply(changed -> changed && connection.client() != used);
        }
        return renewal.copy();
    }
}
