package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.client.Repeats;

/** What a step does once it has all that it needs. Neither method blocks. */
interface Work {

    /** Begins; a virtual thread does the rest, and brings what the script gets. */
    Repeats.Reading<?> start();

    /** Ends it, whether or not it was started, by an interrupt; what is left of it, a virtual thread waits for. */
    Repeats.Reading<LastWords> abort();
}
