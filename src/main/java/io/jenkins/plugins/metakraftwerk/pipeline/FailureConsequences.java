package io.jenkins.plugins.metakraftwerk.pipeline;

import java.util.Optional;

/** Possible effects of a step that failed unexpectedly. The defaults are for a step that only reads. */
interface FailureConsequences {

    /** Returns true if the step changes nothing, so that its outcome is never in doubt. */
    default boolean onlyReads() {
        return true;
    }

    /** Returns the result of the step if it is known already, whatever fails afterwards. */
    default Optional<Object> outcome() {
        return Optional.empty();
    }

    /** Returns true if the deployment may have been done although the error says nothing of it. */
    default boolean mayHaveChanged() {
        return false;
    }

    /** Notes and shows that the outcome is unknown. May block. */
    default void leaveUnknown(String said) {
        // A step that only reads leaves nothing unknown.
    }
}
