package io.jenkins.plugins.metakraftwerk.watch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Queues Jenkins builds for waiting builds, the oldest first, with a limit for each poll. */
final class StartQueue {

    /** Protects Jenkins from a flood of builds, for example if a server was filled anew or is another one now. */
    static final int MOST_A_LOOK = 100;

    /** The builds for which a Jenkins build was queued, and those for which it was refused. */
    record Queued(List<FinishedBuild> done, List<FinishedBuild> refused) {}

    private final Predicate<FinishedBuild> isQueued;
    private final Predicate<FinishedBuild> enqueues;

    /** Builds that were queued since this process began, so that none is queued twice before its start. */
    private final Set<FinishedBuild> queued = new HashSet<>();

    /** The number of builds that may still be queued before the next poll. */
    private int remaining = MOST_A_LOOK;

    /**
     * @param isQueued true if the queue of Jenkins has it
     * @param enqueues puts it into the queue; false if that is refused
     */
    StartQueue(Predicate<FinishedBuild> isQueued, Predicate<FinishedBuild> enqueues) {
        this.isQueued = isQueued;
        this.enqueues = enqueues;
    }

    /** Lets the next builds be queued, after a poll. */
    void looked() {
        remaining = MOST_A_LOOK;
    }

    /** Queues builds up to the limit. */
    Queued queue(List<FinishedBuild> toStart) {
        Queued now = new Queued(new ArrayList<>(), new ArrayList<>());
        for (FinishedBuild build : toStart) {
            if (now.refused().size() >= remaining) {
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
        // First, since an Error does not tell if it is in the queue.
        remaining--;
        if (enqueues.test(build)) {
            queued.add(build);
            now.done().add(build);
        } else {
            remaining++;
            now.refused().add(build);
        }
    }

    /** Returns the builds that have not been queued yet. */
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
