package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.MINUTE;
import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.SECOND;

import java.util.List;

/** People other than the controller: they build, deploy and delete on the server. Also the server by itself. */
final class People {

    private static final long OTHER = 5141;

    /** Builds; no step of the controller deploys the last one. */
    private static final List<Long> BUILDS = List.of(SimJobs.BUILD, SimJobs.OTHER_BUILD, OTHER);

    private final World world;
    private final Chance chance;
    private final SimServer server;
    private final List<SimJob> jobs;

    /** Number of deletions left for critical moments. */
    private int deletions;

    /** @param jobs jobs that the controller will run */
    People(World world, List<SimJob> jobs) {
        this.world = world;
        this.jobs = jobs;
        chance = world.chance;
        server = world.server(World.HOST);
        deletions = world.scenario.deletions();
    }

    /** Prepares the server before a schedule begins, and plans what others will do there. */
    void settle() {
        boolean waits = false;
        for (SimJob job : jobs) {
            waits |= job.waitForBuild();
        }
        for (long build : BUILDS) {
            build(build, waits ? 0.8 : 0.05);
        }
        others();
    }

    /** Prepares the server without chance. */
    void settle(boolean building) {
        build(SimJobs.BUILD, building ? 3 * SECOND : 0, "FINISHED", false, SECOND);
        build(OTHER, 0, "FINISHED", false, 0);
        server.database.addOld(new RequestedDeployment(SimJobs.BUILD, 12, 21, null, null), 32L);
        server.database.addOld(new RequestedDeployment(OTHER, 11, 21, null, null), 31L);
        server.database.addOld(new RequestedDeployment(building ? OTHER : SimJobs.BUILD, 11, 21, null, null), 32L);
        server.database.addOld(new RequestedDeployment(OTHER, 11, 21, null, 41L), null);
    }

    private void others() {
        for (int i = chance.below(4); i > 0; i--) {
            RequestedDeployment asked = anything();
            // A run that waits for a build has seen that nobody can have deployed it yet.
            if (server.database.builds.get(asked.build()).ends() == 0) {
                server.database.addOld(asked, agent());
            }
            world.server(World.OTHER_HOST).database.addOld(anything(), agent());
        }
        for (int i = 0; i < world.scenario.people(); i++) {
            world.scheduler.after(chance.between(0, chance.oneOf(MINUTE / 4, 3 * MINUTE)), null, this::deploy);
        }
        for (int i = 0; i < world.scenario.renames(); i++) {
            world.scheduler.after(chance.between(0, 4 * MINUTE), null, world.places::rename);
            world.scheduler.after(chance.between(0, 4 * MINUTE), null, world.places::delete);
        }
        if (world.scenario.restored()) {
            world.scheduler.after(chance.between(0, 3 * MINUTE), null, this::restore);
        }
        for (int i = 0; i < world.scenario.deletions(); i++) {
            world.scheduler.after(chance.between(0, 2 * MINUTE), null, this::delete);
        }
    }

    private void build(long id, double unfinished) {
        boolean runs = chance.happens(unfinished);
        long ends = runs ? chance.between(SECOND, chance.happens(0.7) ? MINUTE : 10 * MINUTE) : 0;
        String status = chance.happens(0.9) ? "FINISHED" : chance.oneOf("FAILED", "CANCELED", "PAUSED");
        boolean deleted = chance.happens(0.02);
        long begins = chance.happens(0.7) ? chance.between(0, 2 * SECOND) : chance.between(0, 20 * SECOND);
        build(id, ends, status, deleted, begins);
    }

    /** @param begins time from the end of the build until the server deploys it by itself */
    private void build(long id, long ends, String status, boolean deleted, long begins) {
        server.database.builds.put(id, new SimBuild(id, ends, status, deleted));
        world.server(World.OTHER_HOST).database.builds.put(id, new SimBuild(id, 0, "FINISHED", false));
        if (ends > 0 && world.scenario.automatic() && status.equals("FINISHED")) {
            world.scheduler.after(ends + begins, null, () -> deployAutomatically(id));
        }
    }

    private void deployAutomatically(long build) {
        SimRecord record = server.database.add(new RequestedDeployment(build, 11, 21, null, null), null, null, true);
        world.trace.line(() -> "   the server deploys " + record);
        world.havoc.change();
    }

    private RequestedDeployment anything() {
        return new RequestedDeployment(
                chance.oneOf(BUILDS),
                chance.happens(0.8) ? 11 : 12,
                chance.happens(0.8) ? 21 : 22,
                null,
                chance.happens(0.8) ? null : chance.oneOf(41L, 42L));
    }

    private Long agent() {
        return chance.oneOf(null, 31L, 32L);
    }

    private void deploy() {
        RequestedDeployment asked = anything();
        boolean theSame = false;
        for (SimJob job : jobs) {
            RequestedDeployment own = job.asked();
            theSame |= own.build() == asked.build()
                    && own.pattern() == asked.pattern()
                    && own.deployment() == asked.deployment();
        }
        if (theSame && world.scenario.lie() != Lie.OTHERS) {
            asked = new RequestedDeployment(asked.build(), 12, 22, null, asked.group());
        }
        SimRecord record = server.database.add(asked, agent(), null, false);
        world.trace.line(() -> "   somebody deploys " + record);
    }

    /**
     * Somebody deploys the same while a run pauses after a refusal. The run cannot take that record for its own, since
     * it looks again before it sends.
     */
    void meanwhile(SimRun run) {
        if (world.scenario.people() == 0 || world.scenario.style().lag() > 0 || chance.happens(0.5)) {
            return;
        }
        world.scheduler.after(chance.between(0, SECOND / 2), null, () -> {
            RequestedDeployment asked = run.job.asked();
            boolean exposed = false;
            for (SimRun other : world.controller.runs) {
                // The response to its read may be on the way, and say that the build is not finished.
                boolean waits = other.isLive() && other.job.waitForBuild();
                // It would be searched for after a crash.
                boolean sends = other.outcome == null && world.controller.disk().saysSending(other);
                boolean takes = other.exposed || other.sawUnfinished || waits || sends;
                exposed |= takes && other.job.asked().build() == asked.build();
            }
            SimBuild build = server.database.builds.get(asked.build());
            boolean finished = build != null && build.statusAt(world.scheduler.now()).equals("FINISHED");
            // A later search that waits for the build first would take it for the deployment of the server.
            if (!exposed && finished && asked.isKnown()) {
                SimRecord record = server.database.add(asked, asked.agent(), null, false);
                world.trace.line(() -> "   meanwhile somebody deploys " + record);
            }
        });
    }

    /** Somebody deploys the same at the worst moment. */
    void atThatMoment(SimRun run) {
        RequestedDeployment asked = run.job.asked();
        if (world.scenario.lie() == null && world.scenario.people() > 0) {
            elsewhere(run);
        }
        if (world.scenario.lie() == Lie.OTHERS && asked.isKnown() && chance.happens(0.5)) {
            world.scheduler.after(chance.between(0, 20 * SECOND), null, () -> {
                SimRecord record = server.database.add(asked, asked.agent(), null, false);
                world.trace.line(() -> "   somebody else deploys the same, " + record);
            });
        }
    }

    /** Somebody lets another agent do the same. A run that names an agent did not ask for that. */
    private void elsewhere(SimRun run) {
        RequestedDeployment asked = run.job.asked();
        boolean alone = jobs.size() == 1 && run.job.retries() == 0 && world.scenario.renames() == 0;
        if (alone && asked.namesExecutor() && asked.isKnown() && chance.happens(0.5)) {
            long other = asked.agent() != null && asked.agent() == 31 ? 32 : 31;
            world.scheduler.after(chance.between(0, 5 * SECOND), null, () -> {
                SimRecord record = server.database.add(
                        new RequestedDeployment(asked.build(), asked.pattern(), asked.deployment(), other, null), other, null, false);
                world.trace.line(() -> "   somebody lets another agent do it, " + record);
            });
        }
    }

    /**
     * Deletes records while a list is read page by page. The rest of the list moves, even if a new record keeps the
     * total.
     */
    void whileReading() {
        if (deletions > 0 && chance.happens(0.3)) {
            deletions--;
            delete();
            if (chance.happens(0.5)) {
                deploy();
            }
        }
    }

    private void restore() {
        long back = chance.between(0, MINUTE);
        world.trace.line(() -> "   the database is what it was " + back / SECOND + " s before");
        server.database.restore(world.scheduler.now() - back);
    }

    private void delete() {
        List<SimRecord> there = server.database.at(world.scheduler.now(), record -> true);
        if (!there.isEmpty()) {
            SimRecord record = chance.happens(0.5) ? there.get(there.size() - 1) : chance.oneOf(there);
            record.deleted = world.scheduler.now();
            world.trace.line(() -> "   somebody deletes " + record);
        }
    }
}
