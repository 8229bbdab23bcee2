package io.jenkins.plugins.metakraftwerk.standin;

import java.util.concurrent.CompletableFuture;

/** Keeps a request waiting until it is released. Closing the server releases it too. */
public final class Hold {

    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    public void release() {
        gate.complete(null);
    }

    CompletableFuture<Void> gate() {
        return gate;
    }
}
