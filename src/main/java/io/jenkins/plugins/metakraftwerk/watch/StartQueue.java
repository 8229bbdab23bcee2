package io.jenkins.plugins.metakraftwerk.watch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Queues Jenkins builds for what waits, the oldest first, and so many a look. */
final class StartQueue {

    /** A server may have been filled anew, or be somebody else's: neither is to flood Jenkins. */
    static final int MOST_A_LOOK = 100;

    /** What came of it: for which builds a Jenkins build was queued, and for which that was refused. */
    record Queued(List<FinishedBuild> done, List<FinishedBuild> refused) {}

    private final Predicate<FinishedBuild> isQueued;
    private final Predicate<FinishedBuild> queues;

    /** Those that have been queued since this process began, so that none is queued twice between queue and start. */
    private final Set<FinishedBuild> queued = new HashSet<>();

    /** How many may still be queued before the next look. */
    private int left = MOST_A_LOOK;

    /**
     * @param isQueued whether the queue of Jenkins has it
     * @param queues puts it there; false where that is refused
     */
    StartQueue(Predicate<FinishedBuild> isQueued, Predicate<FinishedBuild> queues) {
        this.isQueued = isQueued;
        this.queues = queues;
    }

    /** A look gives the next ones their turn. */
    void looked() {
        left = MOST_A_LOOK;
    }

    /** Queues those whose turn it is. */
    Queued queue(List<FinishedBuild> toStart) {
        Queued now = new Queued(new ArrayList<>(), new ArrayList<>());
        for (FinishedBuild build : toStart) {
            if (now.refused().size() >= left) {
                break;
            }
            if (queued.contains(build)) {
                continue;
            }
            if (isQueued.test(build)) {
                queued.add(build);
            } else {
                queue(build, now);
            }
        }
        return now;
    }

    private void queue(FinishedBuild build, Queued now) {
        // First, since an Error does not tell whether it is in the queue.
        left--;
        if (queues.test(build)) {
            queued.add(build);
            now.done().add(build);
        } else {
            left++;
            now.refused().add(build);
        }
    }

    /** Which of them have not been queued yet. */
    List<FinishedBuild> waiting(List<FinishedBuild> toStart) {
        return toStart.stream().filter(build -> !queued.contains(build)).toList();
    }

    void remove(FinishedBuild build) {
        queued.removeIf(build::is);
    }

    void clear() {
        queued.clear();
    }
}
