package io.jenkins.plugins.metakraftwerk.run;

import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The attempts of a build by their owners, in their order. There is room for so many: then first those give way that changed
 * nothing on a server, and last those of which somebody may still learn what became of them.
 */
final class KeptAttempts {

    /** Far more than a build deploys. */
    static final int MOST = 1_000;

    private final Map<String, AttemptRecord> byOwner = new LinkedHashMap<>();
    private int leftOut;

    /** @param leftOut how many there were before that are not kept any more */
    KeptAttempts(int leftOut) {
        this.leftOut = leftOut;
    }

    /** @return whether it is news: not where as much or more is known already */
    synchronized boolean put(AttemptRecord attempt) {
        AttemptRecord before = byOwner.get(attempt.owner());
        // An abort may be reported after its request was answered; what is known stays known.
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

    /** Of two that are worth the same, the older one comes first, as it does in a stream of them. */
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

    /** How many there were beside those that are still here. */
    synchronized int leftOut() {
        return leftOut;
    }
}
