package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;

/** Who waits for whom: of those that skip what is deployed, one after another has its turn, in the order in which they came. */
final class TurnRules {

    private final World world;
    private long moments;

    TurnRules(World world) {
        this.world = world;
    }

    /** One that is later than all before. */
    long moment() {
        return ++moments;
    }

    /** From now on it may take a place, not before. */
    void mayCome(SimRun run) {
        if (run.mayComeFrom == 0) {
            run.mayComeFrom = ++moments;
        }
    }

    /** A run says that it waits for its turn. */
    void waits(SimRun run) {
        come(run);
        run.waitsForTurn = true;
        run.waitedIn = world.controller.life().number;
    }

    /** A run asks something, which it does not while it waits for its turn. */
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

    /** Who has waited too long looks once more for the record of a request that seemed to be refused, without any turn. */
    private static boolean mayGiveUp(SimRun run, SimRequest request) {
        return run.waitsForTurn && run.stored.doubted() && !request.isDeployment();
    }

    /** Whoever has the turn when another comes back keeps it, however late it asks anything. */
    private boolean isBackInTime(SimRun other, SimRun run) {
        boolean waited = run.waitedIn == world.controller.life().number;
        long by = waited ? lastEnd(run) - Scheduler.SECOND : run.startedAt;
        return other.running != null && other.startedAt < by;
    }

    /** When the turn came to a run, at the latest. */
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
