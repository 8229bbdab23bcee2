package io.jenkins.plugins.metakraftwerk.run;

import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Signal;

/** What brings a run back after a crash. */
@FunctionalInterface
public interface ResumeGuarantee {

    /** Of what a crash ends: it is found out afterwards what became of it. */
    ResumeGuarantee NONE = () -> () -> null;

    /** Jenkins is about to stop: nothing may go beyond what was saved last. */
    ReadRetries.ReadCall<?> NEVER = () -> {
        new Signal().await();
        return null;
    };

    /**
     * Makes sure that a crash would bring the run back. May be asked again for the same request, and need not do it again
     * then.
     *
     * @return lets a virtual thread wait until that is so; for ever, where Jenkins is about to stop
     */
    ReadRetries.ReadCall<?> hold();
}
