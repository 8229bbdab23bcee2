package io.jenkins.plugins.metakraftwerk.run;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The attempts of a build by the run that made each, in their order. There is room for so many: then first those give way
 * that changed nothing on a server, and last those of which somebody may still learn what became of them.
 */
final class KeptAttempts {

    /** Far more than a build deploys, and few enough to write all of them each time that one is added. */
    static final int MOST = 1_000;

    /** What of them is stored. */
    record Stored(int leftOut, List<RecordedDeployment> attempts) {

        static final Stored NOTHING = new Stored(0, List.of());
    }

    private final Map<String, RecordedDeployment> byOwner = new LinkedHashMap<>();
    private int leftOut;

    /** @return whether it is news: not where more is known already */
    synchronized boolean put(RecordedDeployment attempt) {
        RecordedDeployment before = byOwner.get(attempt.owner());
        // An abort may be reported after its request was answered; what is known stays known.
        if (before != null && before.getId() != null && attempt.getId() == null) {
            return false;
        }
        add(attempt);
        return true;
    }

    private void add(RecordedDeployment attempt) {
        byOwner.put(attempt.owner(), attempt);
        if (byOwner.size() > MOST) {
            byOwner.values().stream()
                    .filter(other -> other != attempt)
                    .min(Comparator.comparingInt(KeptAttempts::worth))
                    .ifPresent(least -> byOwner.remove(least.owner()));
            leftOut++;
        }
    }

    /** Of two that are worth the same, the older one comes first, as it does in a stream of them. */
    private static int worth(RecordedDeployment attempt) {
        if (attempt.isUnknown()) {
            return 2;
        }
        return attempt.hasChangedNothing() ? 0 : 1;
    }

    /**
     * Puts what has become of an attempt in the place of its unknown outcome.
     *
     * @return what is there now; empty where that is not unknown
     */
    synchronized Optional<RecordedDeployment> found(String owner, UnaryOperator<RecordedDeployment> outcome) {
        RecordedDeployment before = byOwner.get(owner);
        if (before == null || !before.isUnknown()) {
            return Optional.empty();
        }
        RecordedDeployment after = outcome.apply(before);
        byOwner.put(owner, after);
        return Optional.of(after);
    }

    /** Puts what was stored before what came since. */
    synchronized void putBefore(Stored stored) {
        Map<String, RecordedDeployment> since = new LinkedHashMap<>(byOwner);
        byOwner.clear();
        leftOut += stored.leftOut();
        stored.attempts().forEach(this::add);
        since.values().forEach(this::add);
    }

    synchronized List<RecordedDeployment> all() {
        return List.copyOf(byOwner.values());
    }

    /** How many there were beside those that are still here. */
    synchronized int leftOut() {
        return leftOut;
    }

    synchronized Stored stored() {
        return new Stored(leftOut, all());
    }
}
