package io.jenkins.plugins.metakraftwerk.standin;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** Faults that are still to happen. Each request takes the oldest one that fits. */
final class Faults {

    private static final class Planned {
        private final Predicate<ReceivedRequest> when;
        private final Fault fault;
        private int times;

        private Planned(Predicate<ReceivedRequest> when, int times, Fault fault) {
            this.when = when;
            this.times = times;
            this.fault = fault;
        }
    }

    private final List<Planned> planned = new ArrayList<>();

    synchronized void add(Predicate<ReceivedRequest> when, int times, Fault fault) {
        planned.add(new Planned(when, times, fault));
    }

    synchronized Fault next(ReceivedRequest request) {
        for (Iterator<Planned> all = planned.iterator(); all.hasNext(); ) {
            Planned candidate = all.next();
            if (candidate.when.test(request)) {
                if (--candidate.times == 0) {
                    all.remove();
                }
                return candidate.fault;
            }
        }
        return Fault.NONE;
    }

    synchronized void clear() {
        planned.clear();
    }
}
