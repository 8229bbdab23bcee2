package io.jenkins.plugins.metakraftwerk.pipeline;

import java.util.concurrent.CompletableFuture;

/** What a step does once it has all that it needs. Neither method blocks. */
interface Work {

    /** Its future brings what the script gets. After {@link #abort}, nothing begins any more. */
    CompletableFuture<?> start();

    /** Ends it, whether or not it was started, and tells what is left of it. */
    CompletableFuture<LastWords> abort();
}
