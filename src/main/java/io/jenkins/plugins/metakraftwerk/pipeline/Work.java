package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.client.Repeats;
import java.util.concurrent.CompletableFuture;

/** What a step does once it has all that it needs. Neither method blocks. */
interface Work {

    /** Its future brings what the script gets. After {@link #abort}, nothing begins any more. */
    CompletableFuture<?> start();

    /** Ends it, whether or not it was started; what is left of it, a virtual thread waits for. */
    Repeats.Reading<LastWords> abort();
}
