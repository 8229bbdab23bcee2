package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.MINUTE;

/**
 * How long a run may take from its start, or from when it went on after a restart: as long as it may wait, as long as it
 * may try again, and a rest for its calls, each of which may take up to four minutes with its log-ins, and for a search.
 */
final class RunTimeLimits {

    private static final long REST = 30 * MINUTE;

    private RunTimeLimits() {}

    static long forJob(SimJob job) {
        return 2 * job.waitLimit().toNanos() + 2 * job.retryLimit().toNanos() + REST;
    }

    static void check(World world, SimRun run) {
        long took = world.scheduler.now() - run.startedAt;
        if (took > forJob(run.job)) {
            world.witness.violation("d", run + " has not ended after " + took / MINUTE + " minutes");
        }
    }
}
