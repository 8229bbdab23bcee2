package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;

/**
 * Rules of turns: runs that skip what is deployed have their turns one after another, in the order in which they came.
 */
final class TurnRules {

    private final World world;
    private long moments;

    TurnRules(World world) {
        this.world = world;
    }

    /** Returns a moment later than all before. */
    long moment() {
        return ++moments;
    }

    /** Notes that the run may take a place from now on, not before. */
    void mayCome(SimRun run) {
        if (run.mayComeFrom == 0) {
            run.mayComeFrom = ++moments;
        }
    }

    /** Notes that a run waits for its turn. */
    void waits(SimRun run) {
        come(run);
        run.waitsForTurn = true;
        run.waitedIn = world.controller.life().number;
    }

    /** Checks a request: a run sends none while it waits for its turn. */
    void asks(SimRun run, SimRequest request) {
        boolean before = run.stored.phase() == Phase.WAITING || request.isBuild();
        if (!run.job.skips() || before || run.served || mayGiveUp(run, request)) {
            return;
        }
        run.served = true;
        run.waitsForTurn = false;
        come(run);
        if (run.stored.phase() == Phase.PLANNED) {
            world.controller.runs.forEach(other -> serves(run, other));
        }
    }

    /**
     * A run that has waited too long searches once more for the record of a request that seemed to be refused, without
     * a turn.
     */
    private static boolean mayGiveUp(SimRun run, SimRequest request) {
        return run.waitsForTurn && run.stored.doubted() && !request.isDeployment();
    }

    /** A run that has the turn when another comes back keeps it, however late it sends anything. */
    private boolean isBackInTime(SimRun other, SimRun run) {
        boolean waited = run.waitedIn == world.controller.life().number;
        long by = waited ? lastEnd(run) - Scheduler.SECOND : run.startedAt;
        return other.running != null && other.startedAt < by;
    }

    /** Returns the latest time at which the run got the turn. */
    private long lastEnd(SimRun run) {
        return world.controller.runs.stream()
                .filter(other -> other.served && other.outcome != null && isBeside(other, run))
                .mapToLong(other -> other.endedAt)
                .max()
                .orElse(run.startedAt);
    }

    private static boolean isBeside(SimRun other, SimRun run) {
        return other != run && other.job.skips() && other.job.asked().build() == run.job.asked().build();
    }

    private void come(SimRun run) {
        if (run.cameBy == 0) {
            run.cameBy = ++moments;
        }
    }

    private void serves(SimRun run, SimRun other) {
        boolean both =
                other.begun && other.outcome == null && isBeside(other, run) && isBackInTime(other, run);
        if (both && other.waitsForTurn && other.cameBy < run.mayComeFrom) {
            world.witness.violation("m", run + " has its turn before " + other + ", which came before");
        }
    }
}
