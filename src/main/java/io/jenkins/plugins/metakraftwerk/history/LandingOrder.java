package io.jenkins.plugins.metakraftwerk.history;

import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds the attempt that is at a target now among those that landed. Responses may arrive in another order than the
 * server worked in. Only the ids of its records tell that order, and they begin anew when its database is restored.
 */
final class LandingOrder {

    /** Limit of the attempts at one target that are set in order. */
    private static final int MOST = 32;

    private static final Comparator<AttemptRecord> BY_RECORD = Comparator.comparing(AttemptRecord::buildDeploymentId);

    private LandingOrder() {}

    /**
     * Returns the attempts that may be there now, the most likely one first. For each record, the attempt that brought
     * it.
     */
    static List<AttemptRecord> standing(Collection<AttemptRecord> landed) {
        Map<Long, AttemptRecord> byRecord = new HashMap<>();
        last(landed).forEach(entry -> byRecord.merge(entry.buildDeploymentId(), entry, LandingOrder::bringer));
        return byRecord.values().stream()
                .sorted(BY_RECORD.reversed())
                .limit(MOST)
                .toList();
    }

    /**
     * Returns the attempts after whose end no other was sent. If clocks make each of them older than another, returns
     * all.
     */
    private static Collection<AttemptRecord> last(Collection<AttemptRecord> landed) {
        List<AttemptRecord> last = landed.stream()
                .filter(entry -> landed.stream().noneMatch(other -> other != entry && other.wasSentAfter(entry)))
                .toList();
        return last.isEmpty() ? landed : last;
    }

    /**
     * Prefers the attempt that brought a record to one that only found it. Of two that found it, the earlier one; of
     * two that brought it, the later one.
     */
    private static AttemptRecord bringer(AttemptRecord one, AttemptRecord other) {
        if (one.found() != other.found()) {
            return one.found() ? other : one;
        }
        return one.time() <= other.time() == one.found() ? one : other;
    }

    /**
     * Sets the attempts that landed in order: each is the one that is there if those before it are left out. A
     * comparator cannot do that: of three attempts, each may be after another.
     *
     * @param newestFirst by time; attempts that did not land keep their places
     */
    static List<AttemptRecord> inOrder(List<AttemptRecord> newestFirst) {
        List<AttemptRecord> left =
                newestFirst.stream().filter(AttemptRecord::landed).collect(Collectors.toCollection(ArrayList::new));
        return newestFirst.stream()
                .map(entry -> entry.landed() ? takeLast(left) : entry)
                .toList();
    }

    private static AttemptRecord takeLast(List<AttemptRecord> left) {
        AttemptRecord last = last(left.subList(0, Math.min(MOST, left.size()))).stream()
                .reduce((one, other) -> BY_RECORD.compare(other, one) > 0 ? other : one)
                .orElseThrow();
        left.remove(last);
        return last;
    }
}
