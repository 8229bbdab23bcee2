package io.jenkins.plugins.metakraftwerk.pipeline;

import java.util.Optional;

/** What a step may have done when something breaks that nobody thought of. A step that only reads has done nothing. */
interface FailureConsequences {

    /** Whether nothing that the step does changes anything, so that nothing is ever in doubt. */
    default boolean onlyReads() {
        return true;
    }

    /** What the step ends with, whatever breaks, since it is known already. */
    default Optional<Object> outcome() {
        return Optional.empty();
    }

    /** Whether what was asked for may have been done, where an error says nothing about it. */
    default boolean mayHaveChanged() {
        return false;
    }

    /** Remembers, and shows, that nobody knows what was done. May block. */
    default void leaveUnknown(String said) {
        // There is nothing to know.
    }
}
