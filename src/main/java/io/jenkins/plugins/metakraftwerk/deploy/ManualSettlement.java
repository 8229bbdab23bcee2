package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.Optional;

/**
 * What a person says has become of an attempt that ended unknown, so that nobody looks for it any more. It counts as long as
 * the attempt itself does not know better.
 */
public final class ManualSettlement {

    private final RunCoordination shared;
    private final AttemptRecord unknown;

    public ManualSettlement(RunCoordination shared, AttemptRecord unknown) {
        this.shared = shared;
        this.unknown = unknown;
    }

    /** Its record is there, and its own from now on. Answers why that cannot be said; empty where it counts. */
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

    /** Nothing came of it. Answers why that cannot be said; empty where it counts. */
    public Optional<Text> isNotThere() {
        Optional<Text> refusal = refusal();
        if (refusal.isEmpty()) {
            settle();
        }
        return refusal;
    }

    /** Waits until it would survive a crash, or for a while where a disk hangs or is full. For a platform thread. */
    public boolean isKept() {
        return kept().isSoon(shared.timing(), BoundedWait.AT_THE_END);
    }

    /** Comes when it would survive a crash. */
    public Signal kept() {
        return shared.ledger().kept();
    }

    /** Why nothing can be said of it now; empty where it can. */
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

    /** Another run goes by its own answer, whatever was said meanwhile. */
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
