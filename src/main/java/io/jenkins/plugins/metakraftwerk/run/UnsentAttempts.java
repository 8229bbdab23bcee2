package io.jenkins.plugins.metakraftwerk.run;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Counts the attempts of each running build that ended without sending anything. For each kind of end the first attempt
 * has a line, then the tenth, the hundredth and so on. When the build ends, the last attempt has a line with the total.
 */
final class UnsentAttempts {

    /**
     * Maximum number of counts. Beyond that, the one that has not changed for the longest time is closed and begins
     * anew.
     */
    static final int MOST = 1_000;

    private record Kind(String job, int number, String event) {}

    /** @param written true if the last attempt has a line */
    private record Counted(AuditLine last, long count, boolean written) {}

    /** Counts by kind, in the order of their last change. Guarded by this. */
    private final Map<Kind, Counted> counted = new LinkedHashMap<>(16, 0.75f, true);

    /** @return the lines to write now */
    synchronized List<AuditLine> add(AuditLine line) {
        Kind kind = new Kind(line.attempt().job(), line.attempt().number(), line.event());
        Counted before = counted.get(kind);
        long count = before == null ? 1 : before.count() + 1;
        boolean writesNow = isPowerOfTen(count);
        counted.put(kind, new Counted(line, count, writesNow));
        List<AuditLine> now = new ArrayList<>();
        if (counted.size() > MOST) {
            Kind eldest = counted.keySet().iterator().next();
            now.addAll(remove(eldest::equals));
        }
        if (writesNow) {
            now.add(line.counted(count));
        }
        return now;
    }

    private static boolean isPowerOfTen(long count) {
        long power = 1;
        while (power < count) {
            power *= 10;
        }
        return power == count;
    }

    /** @return the missing lines of a build */
    synchronized List<AuditLine> ended(String job, int number) {
        return remove(kind -> kind.number() == number && kind.job().equals(job));
    }

    /** @return the missing lines of all builds */
    synchronized List<AuditLine> all() {
        return remove(kind -> true);
    }

    private List<AuditLine> remove(Predicate<Kind> which) {
        List<AuditLine> missing = new ArrayList<>();
        for (Iterator<Map.Entry<Kind, Counted>> each = counted.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Kind, Counted> next = each.next();
            if (which.test(next.getKey())) {
                each.remove();
                Counted value = next.getValue();
                if (!value.written()) {
                    missing.add(value.last().counted(value.count()));
                }
            }
        }
        return missing;
    }
}
