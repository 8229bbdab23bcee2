package io.jenkins.plugins.metakraftwerk.run;

import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Signal;

/** Makes sure that a run comes back after a crash. */
@FunctionalInterface
public interface ResumeGuarantee {

    /** Guarantee for runs that a crash ends. Their outcome is found out afterwards. */
    ResumeGuarantee NONE = () -> () -> null;

    /**
     * Guarantee for a Jenkins that is about to stop. The call never returns, since a run must not go beyond its last
     * saved state.
     */
    ReadRetries.ReadCall<?> NEVER = () -> {
        new Signal().await();
        return null;
    };

    /**
     * Makes sure that a crash would bring the run back. May be called again for the same request, and need not save
     * again then.
     *
     * @return a call that waits for that on a virtual thread; for ever if Jenkins is about to stop
     */
    ReadRetries.ReadCall<?> hold();
}
