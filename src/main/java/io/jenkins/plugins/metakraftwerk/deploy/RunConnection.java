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

    private static final int UNAUTHORIZED = 401;

    private final Destination destination;
    private volatile Connection connection;
    private boolean renewed;

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

    /** A call that only reads; made again with the new client where there is one. */
    <T> CompletableFuture<T> read(Function<MetaKraftwerkClient, CompletableFuture<T>> call) {
        Chain<T> result = new Chain<>();
        attempt(call, result);
        return result;
    }

    private <T> void attempt(Function<MetaKraftwerkClient, CompletableFuture<T>> call, Chain<T> result) {
        result.either(call.apply(connection.client()), (value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else if (failure instanceof MetaKraftwerkException known && mayRenew(known)) {
                result.either(connection.renew(), (changed, trouble) -> {
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

    /** Whether it is worth while to look the credential up, which is so once. */
    synchronized boolean mayRenew(MetaKraftwerkException failure) {
        boolean may = failure.status().orElse(0) == UNAUTHORIZED && !renewed;
        renewed |= may;
        return may;
    }

    CompletableFuture<Boolean> renew() {
        return connection.renew();
    }
}
