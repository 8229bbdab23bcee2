package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.client.ReadRetries;

/** Work of a step that has all that it needs. The methods do not block. */
interface StepWork {

    /**
     * Starts the work.
     *
     * @return a call for a virtual thread that returns the result for the script
     */
    ReadRetries.ReadCall<?> start();

    /**
     * Interrupts the work, started or not.
     *
     * @return a call for a virtual thread that waits for the effect of the work
     */
    ReadRetries.ReadCall<AbortMessage> abort();
}
