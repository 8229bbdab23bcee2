package io.jenkins.plugins.metakraftwerk.run;

import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Attempts of a build by owner, in their order. If there are too many, attempts that changed nothing on a server are
 * dropped first. Attempts with an unknown outcome are dropped last, since it may still be found.
 */
final class KeptAttempts {

    /** Maximum number of attempts, far more than a build makes. */
    static final int MOST = 1_000;

    private final Map<String, AttemptRecord> byOwner = new LinkedHashMap<>();
    private int leftOut;

    /** @param leftOut the number of attempts that were dropped before */
    KeptAttempts(int leftOut) {
        this.leftOut = leftOut;
    }

    /** @return true if it is news; false if as much or more is known already */
    synchronized boolean put(AttemptRecord attempt) {
        AttemptRecord before = byOwner.get(attempt.owner());
        // An abort may be reported after its request had a response. The known outcome stays.
        if (before != null && (before.equals(attempt) || !attempt.outdoes(before))) {
            return false;
        }
        byOwner.put(attempt.owner(), attempt);
        if (byOwner.size() > MOST) {
            byOwner.values().stream()
                    .filter(other -> other != attempt)
                    .min(Comparator.comparingInt(KeptAttempts::worth))
                    .ifPresent(least -> byOwner.remove(least.owner()));
            leftOut++;
        }
        return true;
    }

    /**
     * Ranks an attempt; the lowest is dropped first. Of equal ones {@code min} takes the first, which is the oldest.
     */
    private static int worth(AttemptRecord attempt) {
        if (attempt.unknown()) {
            return 2;
        }
        return attempt.changedNothing() ? 0 : 1;
    }

    synchronized Optional<AttemptRecord> get(String owner) {
        return Optional.ofNullable(byOwner.get(owner));
    }

    synchronized List<AttemptRecord> all() {
        return List.copyOf(byOwner.values());
    }

    /** Returns the number of attempts that were dropped. */
    synchronized int leftOut() {
        return leftOut;
    }
}
