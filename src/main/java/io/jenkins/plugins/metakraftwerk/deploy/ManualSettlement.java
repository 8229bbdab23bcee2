package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.Optional;

/**
 * Settles an attempt that ended unknown, as a person states its outcome. Nobody looks for its record any more. The
 * statement counts until the attempt itself finds out its outcome.
 */
public final class ManualSettlement {

    private final RunCoordination shared;
    private final AttemptRecord unknown;

    public ManualSettlement(RunCoordination shared, AttemptRecord unknown) {
        this.shared = shared;
        this.unknown = unknown;
    }

    /**
     * States that the record of the attempt is there. From now on the attempt owns it.
     *
     * @param record the id of the record
     * @return why this cannot be stated; empty if it counts
     */
    public Optional<Text> isThere(long record) {
        Optional<Text> refusal = refusal().or(() -> fromBefore(record)).or(() -> perhapsOfAnother(record));
        if (refusal.isPresent()) {
            return refusal;
        }
        boolean claimed = shared.claims()
                .claim(
                        key(),
                        unknown.itsRecord(record),
                        unknown.owner(),
                        shared.timing().uptime());
        if (!claimed) {
            return Optional.of(Text.forKey("word.ofAnother", record));
        }
        settle();
        return refusal;
    }

    /**
     * States that the attempt has deployed nothing.
     *
     * @return why this cannot be stated; empty if it counts
     */
    public Optional<Text> isNotThere() {
        Optional<Text> refusal = refusal();
        if (refusal.isEmpty()) {
            settle();
        }
        return refusal;
    }

    /**
     * Waits for at most 5 s until the statement is kept, since a disk may hang or be full. To be called on a platform
     * thread.
     *
     * @return false if the time was too short
     */
    public boolean isKept() {
        return kept().isSoon(shared.timing(), BoundedWait.AT_THE_END);
    }

    /** Returns a signal that comes when the statement would survive a crash. */
    public Signal kept() {
        return shared.ledger().kept();
    }

    /** Returns why nothing can be stated now; empty if a statement is possible. */
    public Optional<Text> refusal() {
        String owner = unknown.owner();
        boolean mayEnd =
                shared.unclaimedRequests().has(owner) || shared.ledger().runs().isOpen(owner);
        return shared.ledger()
                .trouble(unknown.serverUrl())
                .map(trouble -> trouble.text())
                .or(() -> mayEnd ? Optional.of(Text.forKey("word.onItsWay")) : Optional.empty());
    }

    private Optional<Text> fromBefore(long record) {
        return shared.attempts()
                .sentBy(unknown.owner())
                .filter(attempt -> attempt.isFromBefore(record))
                .map(attempt -> Text.forKey("word.fromBefore", record, attempt.baseline()));
    }

    /**
     * Refuses a record that another run may still find to be its own. That run goes by its own response and not by a
     * statement.
     */
    private Optional<Text> perhapsOfAnother(long record) {
        return shared.unclaimedRequests().mayBeOfAnother(key(), record, unknown.owner())
                ? Optional.of(Text.forKey("word.perhapsOfAnother", record))
                : Optional.empty();
    }

    private RequestKey key() {
        return new RequestKey(
                unknown.serverUrl(),
                unknown.buildId(),
                unknown.pattern(),
                unknown.patternId(),
                unknown.deployment(),
                unknown.deploymentId());
    }

    private void settle() {
        shared.attempts().settle(unknown.owner());
    }
}
