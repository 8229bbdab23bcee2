package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;

/** Who waits for whom: of those that skip what is deployed, one after another has its turn, in the order in which they came. */
final class Turns {

    private final World world;
    private long moments;

    Turns(World world) {
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
    void asks(SimRun run, Request request) {
        boolean before = run.stored.phase() == Phase.WAITING || request.isBuild();
        if (!run.job.skips() || before || run.served) {
            return;
        }
        run.served = true;
        run.waitsForTurn = false;
        come(run);
        if (run.stored.phase() == Phase.PLANNED) {
            world.controller.runs.forEach(other -> serves(run, other));
        }
    }

    /** Whoever has the turn when another comes back keeps it. */
    private boolean isBackInTime(SimRun other, SimRun run) {
        boolean waited = run.waitedIn == world.controller.life().number;
        long by = waited ? world.scheduler.now() - Scheduler.SECOND : run.startedAt;
        return other.running != null && other.startedAt < by;
    }

    private void come(SimRun run) {
        if (run.cameBy == 0) {
            run.cameBy = ++moments;
        }
    }

    private void serves(SimRun run, SimRun other) {
        boolean both = other != run
                && other.begun
                && other.job.skips()
                && other.outcome == null
                && isBackInTime(other, run)
                && other.job.asked().build() == run.job.asked().build();
        if (both && other.waitsForTurn && other.cameBy < run.mayComeFrom) {
            world.witness.violation("m", run + " has its turn before " + other + ", which came before");
        }
    }
}
