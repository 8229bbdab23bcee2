package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.MINUTE;

/**
 * Limits of the time from the start of a run, or from its return after a restart. They sum up its waits, its retries,
 * its calls and a search. A call may take up to four minutes with its log-ins.
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
