package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Schedule with its result.
 *
 * @param lie null if all that a run had to believe was true
 * @param violations empty if all was well
 * @param deceived rules that did not hold because of the lie
 * @param requests number of requests
 */
record Schedule(
        long seed,
        Lie lie,
        List<String> violations,
        Set<String> deceived,
        int requests,
        String trace) {

    /** Share of schedules in which a trigger watches builds: one in so many. */
    private static final int WATCHING = 5;

    /** Plays the schedule of a seed. */
    static Schedule fromSeed(long seed, boolean traced) {
        return Math.floorMod(seed, WATCHING) == 0 ? WatchSchedule.fromSeed(seed, traced) : deploying(seed, traced);
    }

    private static Schedule deploying(long seed, boolean traced) {
        Chance chance = new Chance(seed);
        Trace trace = traced ? Trace.kept() : Trace.none();
        Lie lie = chance.happens(0.3) ? chance.oneOf(Lie.values()) : null;
        Scenario scenario = Scenario.drawn(chance, lie);
        List<SimJob> jobs = jobs(chance);
        World world = new World(chance, trace, scenario, jobs, RandomFaults::new, ControllerFaults::drawn);
        trace.line(() -> new Seed(seed) + ", " + scenario);
        world.controller.start();
        begin(world, jobs);
        world.people.settle();
        world.run();
        return new Schedule(
                seed,
                lie,
                world.witness.violations(),
                world.witness.deceived(),
                world.network.requests(),
                trace.toString());
    }

    /** Returns a schedule in which the program failed before it could break a rule. */
    static Schedule broken(long seed, String how) {
        return new Schedule(seed, null, List.of(how), Set.of(), -1, "");
    }

    boolean isBroken() {
        return requests < 0;
    }

    /** Returns the errors, for people, with the trace and the command that repeats it. */
    String report() {
        Seed name = new Seed(seed);
        return "A rule does not hold. To see it again: bin/simulate 0 " + name.typed() + "\n" + trace + "In " + name
                + ": " + String.join("\n", violations);
    }

    /** Plays the schedule again with its trace. */
    Schedule shown() {
        return isBroken() ? this : fromSeed(seed, true);
    }

    private static List<SimJob> jobs(Chance chance) {
        List<SimJob> jobs = new ArrayList<>();
        for (int i = chance.oneOf(1, 1, 1, 2, 2, 3, 4); i > 0; i--) {
            // Often the same job, so that two runs of it meet.
            boolean same = !jobs.isEmpty() && chance.happens(0.5);
            jobs.add(same ? jobs.get(jobs.size() - 1) : SimJobs.drawn(chance));
        }
        return jobs;
    }

    private static void begin(World world, List<SimJob> jobs) {
        Chance chance = world.chance;
        long at = 0;
        for (int i = 1; i <= jobs.size(); i++) {
            String build = chance.happens(0.2) && i > 1 ? "app#1" : "app#" + i;
            String name = chance.happens(0.8) ? "app" : "lib";
            RunIdentity who = world.places.identity(build + "/" + i, build, name, Integer.parseInt(build.substring(4)));
            SimRun run = new SimRun(who.owner(), jobs.get(i - 1), who, 0);
            at += chance.happens(0.5) ? 0 : chance.between(0, 90 * Scheduler.SECOND);
            world.scheduler.after(at, null, () -> world.controller.add(run));
        }
    }
}
