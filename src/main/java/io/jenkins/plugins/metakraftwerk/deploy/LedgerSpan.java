package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.CamelCase;

/**
 * Place of an attempt's sending and of its end among the lines of all attempts.
 *
 * @param ledger the id of the {@link Ledger} that counted the lines; null if it could not be read
 * @param sent the number of the line of the last sending; 0 if the attempt has sent nothing itself
 * @param sentAt the time of the last sending, in milliseconds since 1970; 0 if there was none
 * @param ended the number of the newest line at its end
 */
@CamelCase
public record LedgerSpan(String ledger, long sent, long sentAt, long ended) {

    /** Returns the span with a later end. If another ledger counted that end, only the time of the sending stays. */
    LedgerSpan until(LedgerSpan end) {
        return isBeside(end) ? new LedgerSpan(ledger, sent, sentAt, end.ended) : new LedgerSpan(null, 0, sentAt, 0);
    }

    boolean hasSent() {
        return sentAt > 0;
    }

    /** Returns true if the same ledger counted both. */
    boolean isBeside(LedgerSpan other) {
        return ledger != null && ledger.equals(other.ledger);
    }
}
