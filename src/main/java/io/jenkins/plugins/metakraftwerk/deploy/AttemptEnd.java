package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import java.util.Objects;

/** End of an attempt, with the rules which of two ends of the same attempt counts. */
public interface AttemptEnd {

    String ADOPTED = "ADOPTED";
    String FAILED = "FAILED";
    String UNKNOWN = "UNKNOWN";

    String owner();

    BuildDeployment record();

    String outcome();

    String saidBy();

    LedgerSpan span();

    long time();

    /** Returns the id of the record; null if there is none. */
    default Long buildDeploymentId() {
        return record() == null ? null : record().id();
    }

    /** Returns true if the attempt has a record, created or found. */
    default boolean landed() {
        return record() != null;
    }

    default boolean unknown() {
        return UNKNOWN.equals(outcome());
    }

    /** Returns true if the attempt only found a record that it has not brought. */
    default boolean found() {
        return "SKIPPED".equals(outcome());
    }

    /** Returns true if the attempt certainly changed nothing on the server. */
    default boolean changedNothing() {
        return FAILED.equals(outcome()) || found();
    }

    /**
     * Returns true if this attempt sent its request after the other had ended. The numbers of ledger lines decide. The
     * clock decides only where the two were not counted by the same ledger.
     */
    default boolean wasSentAfter(AttemptEnd other) {
        if (span() == null || !span().hasSent()) {
            return false;
        }
        return other.span() != null && span().isBeside(other.span())
                ? span().sent() > other.span().ended()
                : span().sentAt() > other.time();
    }

    /** Returns true if both tell the same end of the same attempt. */
    default boolean says(AttemptEnd other) {
        return owner().equals(other.owner())
                && outcome().equals(other.outcome())
                && Objects.equals(buildDeploymentId(), other.buildDeploymentId())
                && Objects.equals(saidBy(), other.saidBy());
    }

    /** Returns true if both belong to the same attempt. An attempt without a known owner is the same as no other. */
    default boolean isSame(AttemptEnd other) {
        return owner() != null && owner().equals(other.owner());
    }

    /** Returns true if a better known end may still replace this one. */
    default boolean mayBeOutdone() {
        return unknown() || saidBy() != null;
    }

    /** Returns true if this end is certain and the other is only a person's statement on the same attempt. */
    default boolean knowsBetterThan(AttemptEnd other) {
        return isSame(other) && other.saidBy() != null && !mayBeOutdone();
    }

    /**
     * Returns true if this end replaces an earlier end of the same attempt. A person's statement replaces an unknown
     * end only.
     */
    default boolean outdoes(AttemptEnd earlier) {
        if (saidBy() != null) {
            return earlier.unknown();
        }
        return earlier.saidBy() == null ? landed() || !earlier.landed() : !unknown();
    }
}
