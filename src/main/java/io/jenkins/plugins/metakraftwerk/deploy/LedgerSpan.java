package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.CamelCase;

/**
 * When an attempt sent and ended, among all others.
 *
 * @param ledger the id of the {@link Ledger} that has counted; null where that could not be read
 * @param sent the number of the line with which it sent last; 0 where it has sent nothing itself
 * @param sentAt when that was, in milliseconds since 1970
 * @param ended the number of the newest line when it had ended
 */
@CamelCase
public record LedgerSpan(String ledger, long sent, long sentAt, long ended) {

    /** The same of an attempt that has ended only then. */
    LedgerSpan until(LedgerSpan end) {
        return isBeside(end) ? new LedgerSpan(ledger, sent, sentAt, end.ended) : new LedgerSpan(null, 0, sentAt, 0);
    }

    boolean hasSent() {
        return sentAt > 0;
    }

    /** Whether both were counted together. */
    boolean isBeside(LedgerSpan other) {
        return ledger != null && ledger.equals(other.ledger);
    }
}
