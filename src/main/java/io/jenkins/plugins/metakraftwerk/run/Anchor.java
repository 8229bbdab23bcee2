package io.jenkins.plugins.metakraftwerk.run;

import java.util.concurrent.CompletableFuture;

/** What brings a run back after a crash. */
@FunctionalInterface
public interface Anchor {

    /** Of what a crash ends: it is found out afterwards what became of it. */
    Anchor NONE = () -> CompletableFuture.completedFuture(null);

    /**
     * Makes sure that a crash would bring the run back. May be asked again for the same request, and need not do it again
     * then.
     *
     * @return completes when that is so; never, where Jenkins is about to stop
     */
    CompletableFuture<?> hold();
}
