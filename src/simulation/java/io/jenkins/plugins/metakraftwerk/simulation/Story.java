package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Schedule that somebody has written: it says who does what when. Chance decides nothing, so it stays the same whatever
 * other schedules draw.
 */
final class Story {

    static final Predicate<SimRequest> POST = SimRequest::isDeployment;
    static final Predicate<SimRequest> LIST = SimRequest::isList;
    static final Predicate<SimRequest> BUILD = SimRequest::isBuild;

    /** Fault of the next request of a kind. */
    private record Turn(SimRun run, Predicate<SimRequest> kind, SimFault fault, Held held) {
        boolean isFor(SimRequest request) {
            return request.sender == run && kind.test(request);
        }
    }

    /** Request that something on the way holds. */
    static final class Held {
        private final World world;
        private Runnable rest;
        private long seconds = -1;

        private Held(World world) {
            this.world = world;
        }

        private void keep(Runnable goesOn) {
            rest = goesOn;
            if (seconds >= 0) {
                world.scheduler.after(seconds * Scheduler.SECOND, null, goesOn);
            }
        }

        /** Lets it arrive this long after it was sent. */
        void goesOnAfter(long afterSeconds) {
            seconds = afterSeconds;
        }

        boolean isThere() {
            return rest != null;
        }

        /** Lets it arrive, whatever has become of its client. */
        void goOn() {
            rest.run();
        }
    }

    final World world;
    private final List<Turn> turns = new ArrayList<>();
    private int runs;

    Story() {
        this(ServerStyle.plain());
    }

    /** Begins a story without faults: build 5139 is finished, and the controller runs. */
    Story(ServerStyle style) {
        this(Scenario.calm(style, false, false));
    }

    private Story(Scenario scenario) {
        world = new World(Chance.none(), Trace.kept(), scenario, List.of(), w -> new Lines(), Story::nothing);
        world.people.settle(false);
        world.controller.start();
    }

    /** Returns a story in which the ledger is cut again and again. */
    static Story thatCuts() {
        return new Story(Scenario.calm(ServerStyle.plain(), false, false, 1));
    }

    private static ControllerFaults nothing(World world) {
        return new ControllerFaults(world) {
            @Override
            Act after(boolean outside) {
                return Act.NONE;
            }

            @Override
            boolean hasStruck() {
                return true;
            }
        };
    }

    /** Faults of the requests. */
    private final class Lines implements Network.Faults {
        private Held held;

        @Override
        public SimFault next(SimRequest request) {
            held = null;
            for (Turn turn : turns) {
                if (turn.isFor(request)) {
                    turns.remove(turn);
                    held = turn.held();
                    return turn.fault();
                }
            }
            return SimFault.NONE;
        }

        @Override
        public boolean keeps(SimRequest request, Runnable goesOn) {
            if (held != null) {
                held.keep(goesOn);
            }
            return held != null;
        }
    }

    /**
     * Starts a step of a Jenkins build, if need be as soon as the controller is there.
     *
     * @param build name of the build; steps of one build give the same name
     */
    SimRun begin(String build, SimJob job) {
        String owner = build + "/" + ++runs;
        return begin(new RunIdentity(owner, build, build), job);
    }

    /** Sets the fault of the next request of this kind. */
    void next(SimRun run, Predicate<SimRequest> kind, SimFault fault) {
        turns.add(new Turn(run, kind, fault, null));
    }

    /** Holds the next request of this kind on the way. */
    Held hold(SimRun run, Predicate<SimRequest> kind) {
        Held held = new Held(world);
        turns.add(new Turn(run, kind, SimFault.NONE, held));
        return held;
    }

    /** Lets events happen until the condition is true. */
    void until(BooleanSupplier isSo) {
        while (!isSo.getAsBoolean()) {
            if (!world.step()) {
                throw new AssertionError("It never comes so far:\n" + world.trace);
            }
        }
    }

    void untilSent(SimRun run) {
        until(() -> !run.posts.isEmpty());
    }

    void untilStored(SimRun run, Phase phase) {
        until(() -> world.controller.disk().stateOf(run).stream()
                .anyMatch(state -> state.phase() == phase));
    }

    /** Lets events happen until the server has done the work of the run. */
    void untilCarriedOut(SimRun run) {
        until(() -> run.worked() > 0);
    }

    void untilOver(SimRun run) {
        until(run::isOver);
    }

    void pass(long seconds) {
        long end = world.scheduler.now() + seconds * Scheduler.SECOND;
        world.scheduler.after(end - world.scheduler.now(), null, () -> {});
        until(() -> world.scheduler.now() >= end);
    }

    /** Kills the controller, which loses what it was about to store, and starts it again. */
    void kill() {
        world.controller.crash(false);
    }

    /** Kills the controller in the same way. These runs continue first. */
    void kill(SimRun... first) {
        world.controller.loadFirst(first);
        kill();
    }

    /** Writes all that waits to be written. */
    void writeAll() {
        world.controller.flush();
    }

    /** Stops the controller in order, so that all is stored, and starts it again. */
    void stop() {
        world.controller.stop();
    }

    void abort(SimRun run) {
        world.controller.launcher().abort(run);
    }

    /** Starts a step in the first build of a Jenkins job of that name. */
    SimRun beginIn(String place, String build, SimJob job) {
        String owner = build + "/" + ++runs;
        return begin(world.places.identity(owner, build, place, 1), job);
    }

    private SimRun begin(RunIdentity who, SimJob job) {
        SimRun run = new SimRun(who.owner(), job, who, 0);
        world.controller.add(run);
        return run;
    }

    /** Restores the database of the server as it was this long ago. */
    void restore(long seconds) {
        world.server(World.HOST).database.restore(world.scheduler.now() - seconds * Scheduler.SECOND);
    }

    /** Sets the end of the build that all deploy. */
    void buildEndsAt(long nanos) {
        world.server(World.HOST).database.builds.put(SimJobs.BUILD, new SimBuild(SimJobs.BUILD, nanos, "FINISHED", false));
    }

    /** Makes the lists of the server show the data of this long ago. */
    void listsLag(long seconds) {
        world.server(World.HOST).lag(seconds * Scheduler.SECOND);
    }

    /** Makes the Pipeline of this build wait this long for an agent before it is loaded, after the next start. */
    void waitsForAgent(String build, long seconds) {
        world.controller.misses(build, seconds * Scheduler.SECOND);
    }

    /** Makes builds take this long to store the end of a run. */
    void storesBuildsAfter(long seconds) {
        world.controller.launcher().storeSlowly(seconds * Scheduler.SECOND);
    }

    /** Deletes all records of the server. */
    void deleteRecords() {
        world.server(World.HOST)
                .database
                .at(world.scheduler.now(), record -> true)
                .forEach(record -> record.deleted = world.scheduler.now());
    }

    /** Lets the server deploy by itself what a step of this kind would. */
    SimRecord serverDeploys(SimJob job) {
        return world.server(World.HOST).database.add(job.asked(), null, null, true);
    }

    /** Makes all tokens expire. The credential has a new one. */
    void expireTokens() {
        world.server(World.HOST).tokens.expire();
    }

    /** Makes later notes take this long to be written, and nothing else. */
    void slowClaims(long seconds) {
        world.controller.writeSlowly(seconds * Scheduler.SECOND);
    }

    SimDisk disk() {
        return world.controller.disk();
    }

    void loseServer() {
        world.controller.servers.lose();
    }

    /** Makes the disk hang for a while, with all that waits for it. */
    void getStuck(long seconds) {
        world.controller.getStuck(seconds * Scheduler.SECOND);
    }

    /** Lets everything else happen. */
    Story end() {
        world.run();
        return this;
    }

    List<String> violations() {
        return world.witness.violations();
    }

    @Override
    public String toString() {
        return world.trace.toString();
    }
}
