package io.jenkins.plugins.metakraftwerk.simulation;

import java.time.Duration;
import java.util.List;

/**
 * Setup of one run for an enumeration of all faults.
 *
 * @param building true if the build is not finished yet
 */
record RunSetup(String name, SimJob job, ServerStyle style, boolean building, boolean automatic, boolean logsIn) {

    private static final Duration RETRY = Duration.ofSeconds(20);
    private static final ServerStyle PAGED = new ServerStyle(1, ServerStyle.Order.FALLING, ServerStyle.Limits.HONOURED, 0, true, 31L, true, true);

    static final List<RunSetup> ALL = List.of(
            create("as it is", job("", null, false, 0), false, false),
            create("agent by name", job("vm-a", null, false, 0), false, false),
            create("skipIfDeployed, group by name", job("etl", true, false, 0), false, false),
            create("waitForBuild", job("", null, true, 0), true, false),
            create("waitForBuild, automatic deployment", job("#31", null, true, 0), true, true),
            create("waitForBuild, skipIfDeployed", job("", true, true, 0), true, false),
            create("retried", job("", null, false, 1), false, false),
            new RunSetup("paged, log-in", job("", null, false, 0), PAGED, false, false, true));

    private static SimJob job(String executor, Boolean skip, boolean waits, int retries) {
        return SimJobs.job(SimJobs.BUILD, false, executor, skip, waits, false, 1, RETRY, retries, true);
    }

    private static RunSetup create(String name, SimJob job, boolean building, boolean automatic) {
        return new RunSetup(name, job, ServerStyle.plain(), building, automatic, false);
    }

    /** Plays a script, on request with its trace. */
    World play(FaultScript script, boolean traced) {
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
