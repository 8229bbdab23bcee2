package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One schedule and how it went.
 *
 * @param lie null where what can be believed was true
 * @param violations empty where all was well
 * @param deceived rules that did not hold because of the lie
 * @param requests how many there were
 */
record Schedule(long seed, Lie lie, List<String> violations, Set<String> deceived, int requests, String trace) {

    /** What a seed decides. */
    static Schedule of(long seed, boolean traced) {
        Chance chance = new Chance(seed);
        Trace trace = traced ? Trace.kept() : Trace.none();
        Lie lie = chance.happens(0.3) ? chance.of(Lie.values()) : null;
        World world =
                new World(chance, trace, Scenario.drawn(chance, lie), RandomFaults::new, Havoc::drawn);
        trace.line(() -> "seed " + seed + ", " + world.scenario);
        populate(world);
        world.run();
        return new Schedule(
                seed,
                lie,
                world.witness.violations(),
                world.witness.deceived(),
                world.network.requests(),
                trace.toString());
    }

    /** One in which the program did not come as far as to break a rule. */
    static Schedule broken(long seed, String how) {
        return new Schedule(seed, null, List.of(how), Set.of(), -1, "");
    }

    boolean isBroken() {
        return requests < 0;
    }

    /** What is wrong, for people: how to see it again, and what happened. */
    String report() {
        return "A rule does not hold. To see it again: bin/simulate 0 " + seed + "\n" + trace + "Seed " + seed + ": "
                + String.join("\n", violations);
    }

    private static void populate(World world) {
        Chance chance = world.chance;
        int count = chance.of(1, 1, 1, 2, 2, 3, 4);
        long last = 0;
        List<Job> jobs = new ArrayList<>();
        world.controller.start();
        for (int i = 1; i <= count; i++) {
            // Often the same job, which is when two of them meet.
            Job job = i > 1 && chance.happens(0.5) ? jobs.get(i - 2) : Jobs.drawn(chance);
            jobs.add(job);
            String build = chance.happens(0.2) && i > 1 ? "app#1" : "app#" + i;
            RunIdentity who = new RunIdentity(build + "/" + i, build, build);
            SimRun run = new SimRun(who.owner(), job, who, 0);
            last += chance.happens(0.5) ? 0 : chance.between(0, 90 * Scheduler.SECOND);
            world.scheduler.after(last, null, () -> world.controller.add(run));
        }
        new People(world, jobs).settle();
    }
}
