package io.jenkins.plugins.metakraftwerk.simulation;

import java.time.Duration;
import java.util.List;

/**
 * What one run is told to do, and what it finds, where all that can go wrong is tried.
 *
 * @param building whether the build is not finished yet
 */
record Setup(String name, Job job, Style style, boolean building, boolean automatic, boolean logsIn) {

    private static final Duration RETRY = Duration.ofSeconds(20);
    private static final Style PAGED = new Style(1, Style.Order.FALLING, Style.Limits.HONOURED, 0, true, 31L, true, true);

    static final List<Setup> ALL = List.of(
            of("as it is", job("", null, false, 0), false, false),
            of("agent by name", job("vm-a", null, false, 0), false, false),
            of("skipIfDeployed, group by name", job("etl", true, false, 0), false, false),
            of("waitForBuild", job("", null, true, 0), true, false),
            of("waitForBuild, automatic deployment", job("#31", null, true, 0), true, true),
            of("waitForBuild, skipIfDeployed", job("", true, true, 0), true, false),
            of("retried", job("", null, false, 1), false, false),
            new Setup("paged, log-in", job("", null, false, 0), PAGED, false, false, true));

    private static Job job(String executor, Boolean skip, boolean waits, int retries) {
        return Jobs.job(Jobs.BUILD, false, executor, skip, waits, false, 1, RETRY, retries, true);
    }

    private static Setup of(String name, Job job, boolean building, boolean automatic) {
        return new Setup(name, job, Style.plain(), building, automatic, false);
    }

    /** Plays a script; with its trace where that is wanted. */
    World play(Script script, boolean traced) {
        Trace trace = traced ? Trace.kept() : Trace.none();
        Scenario scenario = Scenario.calm(style, automatic, logsIn);
        World world = new World(new Chance(1), trace, scenario, List.of(job), w -> script.faults(), script::havoc);
        trace.line(() -> name + " " + script);
        world.controller.start();
        world.people.settle(building);
        world.scheduler.after(0, null, () -> world.controller.add(SimRun.first(1, job)));
        world.run();
        return world;
    }
}
