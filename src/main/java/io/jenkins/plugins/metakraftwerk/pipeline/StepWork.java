package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.client.ReadRetries;

/** What a step does once it has all that it needs. Neither method blocks. */
interface StepWork {

    /** Begins; a virtual thread does the rest, and brings what the script gets. */
    ReadRetries.ReadCall<?> start();

    /** Ends it, whether or not it was started, by an interrupt; what is left of it, a virtual thread waits for. */
    ReadRetries.ReadCall<AbortMessage> abort();
}
