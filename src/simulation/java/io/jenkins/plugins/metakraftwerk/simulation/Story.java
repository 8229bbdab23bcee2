package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A schedule that somebody has written: it says who does what when. Nothing else is left to chance, so that it stays the
 * same story whatever the other schedules come to draw.
 */
final class Story {

    static final Predicate<Request> POST = Request::isDeployment;
    static final Predicate<Request> LIST = Request::isList;
    static final Predicate<Request> BUILD = Request::isBuild;

    /** What shall happen to the next request of a kind. */
    private record Turn(SimRun run, Predicate<Request> kind, Fault fault, Held held) {
        boolean isFor(Request request) {
            return request.sender == run && kind.test(request);
        }
    }

    /** A request that somebody on the way keeps. */
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

        /** Lets it arrive so long after it was sent. */
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
        this(Style.plain());
    }

    /** Everything is as it should be: build 5139 is finished, and the controller runs. */
    Story(Style style) {
        this(Scenario.calm(style, false, false));
    }

    private Story(Scenario scenario) {
        world = new World(Chance.none(), Trace.kept(), scenario, List.of(), w -> new Lines(), Story::nothing);
        world.people.settle(false);
        world.controller.start();
    }

    /** One whose ledger is cut again and again. */
    static Story thatCuts() {
        return new Story(Scenario.calm(Style.plain(), false, false, 1));
    }

    private static Havoc nothing(World world) {
        return new Havoc(world) {
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

    /** What happens to requests. */
    private final class Lines implements Network.Faults {
        private Held held;

        @Override
        public Fault next(Request request) {
            held = null;
            for (Turn turn : turns) {
                if (turn.isFor(request)) {
                    turns.remove(turn);
                    held = turn.held();
                    return turn.fault();
                }
            }
            return Fault.NONE;
        }

        @Override
        public boolean keeps(Request request, Runnable goesOn) {
            if (held != null) {
                held.keep(goesOn);
            }
            return held != null;
        }
    }

    /**
     * A step of a Jenkins build begins, or will as soon as the controller is there.
     *
     * @param build its name; steps of one build name the same
     */
    SimRun begin(String build, Job job) {
        String owner = build + "/" + ++runs;
        return begin(new RunIdentity(owner, build, build), job);
    }

    /** What will happen to the next request of this kind. */
    void next(SimRun run, Predicate<Request> kind, Fault fault) {
        turns.add(new Turn(run, kind, fault, null));
    }

    /** Somebody on the way will keep the next request of this kind. */
    Held hold(SimRun run, Predicate<Request> kind) {
        Held held = new Held(world);
        turns.add(new Turn(run, kind, Fault.NONE, held));
        return held;
    }

    /** Lets everything go on until this is so. */
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

    /** Until the server has done what it was asked for. */
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

    /** Kills the controller, which loses what it has begun to store, and comes back. */
    void kill() {
        world.controller.crash(false);
    }

    /** The same; these are the first to go on. */
    void kill(SimRun... first) {
        world.controller.loadFirst(first);
        kill();
    }

    /** What waits to be written is written. */
    void writeAll() {
        world.controller.flush();
    }

    /** Stops the controller in order, so that all is stored, and lets it come back. */
    void stop() {
        world.controller.stop();
    }

    void abort(SimRun run) {
        world.controller.launcher().abort(run);
    }

    /** The same in the first build of a Jenkins job of that name. */
    SimRun beginIn(String place, String build, Job job) {
        String owner = build + "/" + ++runs;
        return begin(world.places.identity(owner, build, place, 1), job);
    }

    private SimRun begin(RunIdentity who, Job job) {
        SimRun run = new SimRun(who.owner(), job, who, 0);
        world.controller.add(run);
        return run;
    }

    /** The server's database is again what it was so long ago. */
    void restore(long seconds) {
        world.server(World.HOST).database.restore(world.scheduler.now() - seconds * Scheduler.SECOND);
    }

    /** The build that all deploy is not finished before. */
    void buildEndsAt(long nanos) {
        world.server(World.HOST).database.builds.put(Jobs.BUILD, new SimBuild(Jobs.BUILD, nanos, "FINISHED", false));
    }

    /** From now on the server's lists show what was there so long ago. */
    void listsLag(long seconds) {
        world.server(World.HOST).lag(seconds * Scheduler.SECOND);
    }

    /** After the next start, the Pipeline of this build waits for an agent so long before it is loaded. */
    void waitsForAgent(String build, long seconds) {
        world.controller.misses(build, seconds * Scheduler.SECOND);
    }

    /** From now on it takes a build so long to store how one of its runs has ended. */
    void storesBuildsAfter(long seconds) {
        world.controller.launcher().storeSlowly(seconds * Scheduler.SECOND);
    }

    /** Somebody deletes all records of the server. */
    void deleteRecords() {
        world.server(World.HOST)
                .database
                .at(world.scheduler.now(), record -> true)
                .forEach(record -> record.deleted = world.scheduler.now());
    }

    /** The server deploys by itself what a step of this kind would. */
    Rec serverDeploys(Job job) {
        return world.server(World.HOST).database.add(job.asked(), null, null, true);
    }

    /** Nobody accepts the tokens of before; the credential has a new one. */
    void expireTokens() {
        world.server(World.HOST).tokens.expire();
    }

    /** What is noted from now on takes so long to be written, and nothing else does. */
    void slowClaims(long seconds) {
        world.controller.writeSlowly(seconds * Scheduler.SECOND);
    }

    SimDisk disk() {
        return world.controller.disk();
    }

    void loseServer() {
        world.controller.servers.lose();
    }

    /** Nothing is written for a while, nor is anything done that would have to wait for that. */
    void getStuck(long seconds) {
        world.controller.getStuck(seconds * Scheduler.SECOND);
    }

    /** Everything else takes its course. Answers what is wrong. */
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
