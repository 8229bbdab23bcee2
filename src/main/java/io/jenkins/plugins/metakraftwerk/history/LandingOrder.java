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
 * Which of the attempts that have landed at a target is there now. Answers may come in another order than that in which the
 * server did the work, which only the ids of its records tell; and those begin anew where its database is restored.
 */
final class LandingOrder {

    /** As many as land at one target in an order of their own. */
    private static final int MOST = 32;

    private static final Comparator<AttemptRecord> BY_RECORD = Comparator.comparing(AttemptRecord::buildDeploymentId);

    private LandingOrder() {}

    /** Those of which any may be there, the most likely one first; of the same record, who has brought it. */
    static List<AttemptRecord> standing(Collection<AttemptRecord> landed) {
        Map<Long, AttemptRecord> byRecord = new HashMap<>();
        last(landed).forEach(entry -> byRecord.merge(entry.buildDeploymentId(), entry, LandingOrder::bringer));
        return byRecord.values().stream()
                .sorted(BY_RECORD.reversed())
                .limit(MOST)
                .toList();
    }

    /** After the end of which nothing was sent. Where everything is after something, as clocks may tell, all of them. */
    private static Collection<AttemptRecord> last(Collection<AttemptRecord> landed) {
        List<AttemptRecord> last = landed.stream()
                .filter(entry -> landed.stream().noneMatch(other -> other != entry && other.wasSentAfter(entry)))
                .toList();
        return last.isEmpty() ? landed : last;
    }

    /** What is only found to be there still is there since it was brought. */
    private static AttemptRecord bringer(AttemptRecord one, AttemptRecord other) {
        if (one.found() != other.found()) {
            return one.found() ? other : one;
        }
        return one.time() <= other.time() == one.found() ? one : other;
    }

    /**
     * Puts each that has landed where it is there as long as those before it are left out. There is no comparing of two: of
     * three, each may be after another.
     *
     * @param newestFirst by time, which the others stay in
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
