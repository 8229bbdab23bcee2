package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.Set;

/** Rules for the moment in which a run asks for a deployment. */
final class SendingRules {

    private static final Set<String> USELESS = Set.of("BUILDING", "FAILED", "CANCELED", "DELETED");

    private final World world;
    private final SimRun run;

    SendingRules(World world, SimRun run) {
        this.world = world;
        this.run = run;
    }

    void check() {
        if (run.aborting) {
            violation("e", run + " sends after its abort");
        }
        if (run.buildSeen != null && USELESS.contains(run.buildSeen)) {
            violation("k", run + " deploys a build that it has seen to be " + run.buildSeen);
        }
        for (SimRun earlier : world.controller.runs) {
            if (earlier != run && isOpenAttempt(earlier)) {
                violation(
                        "j", run + " sends although " + earlier + " of the same Jenkins build ended unknown");
            }
        }
    }

    /** Returns true if it is an earlier attempt of the same Jenkins build with unknown outcome. */
    private boolean isOpenAttempt(SimRun earlier) {
        return earlier.isOver()
                && earlier.outcome.isUnknown()
                && earlier.endedAt < run.startedAt
                && earlier.who.build().equals(run.who.build())
                && isSameKind(earlier, run)
                && !run.job.sendAfterUnknown()
                && !earlier.noteLost
                && !wasFollowed(earlier)
                && !isSettled(earlier);
    }

    /** Returns true if its outcome is known by now, or that of the run because of which it ended unknown. */
    private boolean isSettled(SimRun earlier) {
        if (earlier.foundLater != null || earlier.said != null || !earlier.late.isEmpty()) {
            return true;
        }
        return !earlier.posts.isEmpty()
                ? earlier.wasRefused()
                : world.controller.runs.stream()
                        .anyMatch(other -> isSameKind(other, earlier)
                                && (other.said != null || hadEndedUnknown(other, earlier) && isSettled(other)));
    }

    private static boolean hadEndedUnknown(SimRun other, SimRun earlier) {
        return (!other.posts.isEmpty() || !other.late.isEmpty())
                && other.outcome != null
                && other.outcome.isUnknown()
                && other.endedAt <= earlier.endedAt;
    }

    static boolean isSameKind(SimRun one, SimRun other) {
        return one.job.typed().equals(other.job.typed()) && one.job.asked().build() == other.job.asked().build();
    }

    /**
     * Returns true if a later request of the same kind has landed, so that this one does not matter any more. A run
     * that has sent nothing ended unknown because of another.
     */
    private boolean wasFollowed(SimRun earlier) {
        for (SimRun later : world.controller.runs) {
            boolean landed = later != earlier
                    && isSameKind(earlier, later)
                    && (later.worked() > 0 || (later.outcome != null && later.outcome.record() != null))
                    && (later.outcome == null || later.endedAt >= notedAt(earlier) || earlier.posts.isEmpty());
            if (landed) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the earliest time at which others may know that it ended unknown. It waits for its note before it ends.
     */
    private static long notedAt(SimRun earlier) {
        return earlier.endedAt - 5 * Scheduler.SECOND;
    }

    private void violation(String rule, String what) {
        world.witness.violation(rule, what);
    }
}
