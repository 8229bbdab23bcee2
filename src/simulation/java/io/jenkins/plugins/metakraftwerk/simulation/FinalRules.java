package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules for the end of a schedule. */
final class FinalRules {

    private final World world;
    private final List<SimRun> runs;
    private final Database database;

    FinalRules(World world) {
        this.world = world;
        runs = world.controller.runs;
        database = world.server(World.HOST).database;
    }

    void pass() {
        Map<Object, SimRun> owners = new HashMap<>();
        for (SimRun run : runs) {
            ended(run);
            if (run.neverSent && run.worked() > 0) {
                violation("c", run + " is said to have deployed nothing, and has");
            }
            if (run.outcome == null) {
                continue;
            }
            if (run.outcome.saysNothingDone() && run.worked() > 0) {
                violation("c", run + " says '" + run.outcome + "', and has deployed");
            }
            if (run.outcome.record() != null) {
                new TrueRecord(world, run, run.outcome.record()).check();
                unique(owners, run, run.outcome.record());
            }
            run.late.forEach(result -> unique(owners, run, result));
            if (run.saidRecord() != null) {
                unique(owners, run, run.saidRecord());
            }
            answeredIsBelieved(run);
            broken(run);
            automatic(run);
            turns(run);
        }
        if (world.controller.hasDamage()) {
            violation("z", "a line of what the runs share cannot be understood");
        }
        boolean calm = world.scenario.isLonely() && !world.network.isDisturbed() && !world.havoc.hasStruck();
        if (calm && runs.size() == 1 && !runs.get(0).forbidden) {
            new QuietRules(world, runs.get(0)).check();
        }
    }

    private void ended(SimRun run) {
        if (run.begun && run.outcome == null && run.running != null) {
            violation(run.aborting ? "e" : "d", run + " never ends");
        }
        if (run.outcome == null && run.running == null && !run.neverSent && !run.posts.isEmpty()) {
            violation("d", "nobody finds out what became of " + run);
        }
    }

    private void unique(Map<Object, SimRun> owners, SimRun run, DeploymentResult result) {
        if (!result.created()) {
            return;
        }
        Long id = result.record().id();
        Object record = database.get(id, run);
        unique(owners, run, record == null ? id : record);
    }

    private void unique(Map<Object, SimRun> owners, SimRun run, Object record) {
        SimRun other = owners.putIfAbsent(record, run);
        if (other != null && other != run && !mayHaveLost(other) && !mayHaveLost(run)) {
            violation("b", run + " and " + other + " both have record " + record);
        }
    }

    /** Returns true if its own record may be unknown since a crash. */
    private static boolean mayHaveLost(SimRun run) {
        return run.claimLost || (run.said != null && run.said.mayBeLost());
    }

    /** A run ends with the response that came in time, however busy its machine was. */
    private void answeredIsBelieved(SimRun run) {
        for (SimRun.Post post : run.posts) {
            SimRequest request = post.request;
            boolean inTime = request.answeredAt > 0 && request.answeredAt - request.sentAt < 59 * Scheduler.SECOND;
            boolean sameLife = request.answeredIn == world.controller.life().number;
            if (!inTime || !sameLife || request.worked == 0) {
                continue;
            }
            // An abort does not name its record if the disk could not note that in time.
            boolean named = run.outcome.mentions("abort.perhapsCreated") && world.scenario.diskFails() > 0;
            // A late response is reported when the disk has the owner, perhaps after the end of this world.
            boolean toBeTold = run.outcome.isUnknown() && mayNotBeKept();
            boolean known = named || toBeTold || run.outcome.record() != null || !run.late.isEmpty();
            if (!known) {
                violation("l", run + " was answered, and ends with " + run.outcome);
            }
        }
    }

    /**
     * Returns true if the disk may lack a note at the end. If the timer refuses the pause before the next try, that try
     * comes only with the next line.
     */
    private boolean mayNotBeKept() {
        Scenario scenario = world.scenario;
        return world.controller.disk().isInTrouble() || (scenario.diskFails() > 0 && scenario.timerFull() > 0);
    }

    private void broken(SimRun run) {
        boolean provoked = world.scenario.storeFails() + world.scenario.logFails() + world.scenario.timerFull() > 0;
        if (!provoked && run.outcome.mentions("run.broken")) {
            violation("i", run + " broke: " + run.outcome);
        }
    }

    /** A run that saw the build unfinished, and then the deployment of the server itself, does not deploy it again. */
    private void automatic(SimRun run) {
        boolean cares = !database.wasRestored() && run.knowsUnfinished && run.job.takesAutomatic() && !run.posts.isEmpty();
        if (!cares) {
            return;
        }
        for (SimRecord record : database.records) {
            boolean seen = record.automatic && run.posts.get(0).shownBefore.contains(record.id);
            if (seen && record.build == run.job.asked().build() && !isOfAnother(run, record)) {
                violation("o", run + " deploys although it has seen " + record);
            }
        }
    }

    private boolean isOfAnother(SimRun run, SimRecord record) {
        return runs.stream().anyMatch(other -> other != run && (other.taken == record || has(other, record)));
    }

    private static boolean has(SimRun run, SimRecord record) {
        return run.saidRecord() == record
                || run.late.stream().anyMatch(result -> result.record().id() == record.id)
                || run.outcome != null
                && run.outcome.record() != null
                && run.outcome.record().record().id() == record.id;
    }

    /** Checks that of two runs at once that skip what is deployed, only one deploys. */
    private void turns(SimRun run) {
        for (SimRun other : runs) {
            // A run sends if it hears that the one before it did nothing.
            boolean both = other != run
                    && other.said == null
                    && run.said == null
                    && run.job.skips()
                    && other.job.skips()
                    && !other.job.sendAfterUnknown()
                    && !run.job.sendAfterUnknown()
                    && SendingRules.isSameKind(run, other)
                    && run.job.asked().equals(other.job.asked())
                    && run.worked() > 0
                    && other.worked() > 0
                    && other.outcome != null;
            // Two that exist at once may both have been lost.
            if (both && !database.wasRestored() && atOnce(run, other) && !wasReplaced(run, other)) {
                violation("n", run + " and " + other + " were there at once, and both have deployed");
            }
        }
    }

    private static boolean atOnce(SimRun run, SimRun other) {
        // An abort notes what it does not know before it says so.
        long noted = run.outcome instanceof RunOutcome.Stopped ? run.abortedAt : run.endedAt;
        return run.begunAt <= other.begunAt && other.begunAt < noted;
    }

    /** Returns true if something else was deployed in between, or the first record was deleted. */
    private boolean wasReplaced(SimRun run, SimRun other) {
        long first = Math.min(idOf(run), idOf(other));
        long second = Math.max(idOf(run), idOf(other));
        for (SimRecord record : database.records) {
            boolean between = record.id > first && record.id < second && record.build != run.job.asked().build();
            if ((between && run.job.asked().sameDeployment(record)) || record.deleted < Long.MAX_VALUE) {
                return true;
            }
        }
        return false;
    }

    /** Returns the id of the record that it reports. */
    private long idOf(SimRun run) {
        if (run.outcome != null && run.outcome.record() != null) {
            return run.outcome.record().record().id();
        }
        for (SimRecord record : database.records) {
            if (record.cause != null && record.cause.sender == run) {
                return record.id;
            }
        }
        throw new IllegalStateException(run + " has no record");
    }

    private void violation(String rule, String what) {
        world.witness.violation(rule, what);
    }
}
