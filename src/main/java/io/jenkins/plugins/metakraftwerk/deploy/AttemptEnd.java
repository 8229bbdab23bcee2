package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import java.util.Objects;

/** How an attempt has ended, and which of two such ends counts. */
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

    /** Of the record; null where there is none. */
    default Long buildDeploymentId() {
        return record() == null ? null : record().id();
    }

    /** Whether something is there that this attempt brought or found. */
    default boolean landed() {
        return record() != null;
    }

    default boolean unknown() {
        return UNKNOWN.equals(outcome());
    }

    /** Whether it was only found to be there, whoever has brought it. */
    default boolean found() {
        return "SKIPPED".equals(outcome());
    }

    /** Whether it is certain that nothing came of it on the server. */
    default boolean changedNothing() {
        return FAILED.equals(outcome()) || found();
    }

    /** Whether this was sent when the other had ended: by what the ledger has counted, or else by the clock. */
    default boolean wasSentAfter(AttemptEnd other) {
        if (span() == null || !span().hasSent()) {
            return false;
        }
        return other.span() != null && span().isBeside(other.span())
                ? span().sent() > other.span().ended()
                : span().sentAt() > other.time();
    }

    /** Whether both say the same of the same attempt. */
    default boolean says(AttemptEnd other) {
        return owner().equals(other.owner())
                && outcome().equals(other.outcome())
                && Objects.equals(buildDeploymentId(), other.buildDeploymentId())
                && Objects.equals(saidBy(), other.saidBy());
    }

    /** Whether both are of the same attempt, as far as that may be known. */
    default boolean isSame(AttemptEnd other) {
        return owner() != null && owner().equals(other.owner());
    }

    /** Whether something may still come that says better how it ended. */
    default boolean mayBeOutdone() {
        return unknown() || saidBy() != null;
    }

    /** Whether the other is only what a person says of the same attempt. */
    default boolean knowsBetterThan(AttemptEnd other) {
        return isSame(other) && other.saidBy() != null && !mayBeOutdone();
    }

    /** Whether it is to stand where another of the same attempt did: what is known stays known, whatever a person says. */
    default boolean outdoes(AttemptEnd before) {
        if (saidBy() != null) {
            return before.unknown();
        }
        return before.saidBy() == null ? landed() || !before.landed() : !unknown();
    }
}
