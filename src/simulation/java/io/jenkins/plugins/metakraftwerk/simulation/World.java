package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** World of one schedule. */
final class World {

    /** Version. Raise it whenever something new is drawn, or drawn differently: a seed means another schedule then. */
    static final int VERSION = 13;

    static final String HOST = "mk.example";
    static final String URL = "https://" + HOST;
    static final String OTHER_HOST = "other.example";
    static final String OTHER_URL = "https://" + OTHER_HOST;

    /** Far more steps than any schedule needs that ends. */
    private static final int MOST_STEPS = 60_000;

    final Chance chance;
    final Trace trace;
    final Scheduler scheduler;
    final WallClock wall;
    final Scenario scenario;
    final Witness witness;
    final ControllerFaults havoc;
    final Network network;
    final Controller controller;
    final People people;
    final PeoplesWords words;
    final TurnRules turns;
    final BuildLocations places;
    private final Map<String, SimServer> servers = new TreeMap<>();

    World(
            Chance chance,
            Trace trace,
            Scenario scenario,
            List<SimJob> jobs,
            Function<World, Network.Faults> faults,
            Function<World, ControllerFaults> havoc) {
        this.chance = chance;
        this.trace = trace;
        this.scenario = scenario;
        scheduler = new Scheduler(chance);
        trace.clock(scheduler);
        wall = new WallClock(scheduler);
        servers.put(HOST, new SimServer(this, scenario.style()));
        servers.put(OTHER_HOST, new SimServer(this, scenario.style()));
        controller = new Controller(this);
        people = new People(this, jobs);
        words = new PeoplesWords(this);
        turns = new TurnRules(this);
        places = new BuildLocations(this);
        witness = new Witness(this);
        this.havoc = havoc.apply(this);
        network = new Network(this, faults.apply(this));
    }

    SimServer server(String host) {
        return servers.get(host);
    }

    /** Plays all events. The witness has the errors. */
    void run() {
        while (witness.isContent() && step()) {
            // Each event does one thing.
        }
        if (witness.isContent()) {
            new FinalRules(this).pass();
        }
        scheduler.close();
    }

    /** Lets the next event happen. Returns false if there is none. */
    boolean step() {
        havoc.strike();
        if (!scheduler.step()) {
            return false;
        }
        if (scheduler.steps() > MOST_STEPS) {
            witness.violation("d", "no end after " + scheduler.steps() + " steps");
        } else if (scheduler.stranger() != null) {
            witness.violation("x", "a virtual thread was let go on by " + scheduler.stranger());
        } else if (scheduler.steps() % 128 == 0) {
            witness.clockIsRunning();
        }
        return true;
    }
}
