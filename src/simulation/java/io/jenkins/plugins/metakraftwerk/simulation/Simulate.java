package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.logging.Level;
import java.util.logging.Logger;

/** The simulation from the command line; see {@code bin/simulate}. */
public final class Simulate {

    /** Held, since a logger that nobody holds forgets its level. */
    private static final Logger QUIET = Logger.getLogger("io.jenkins.plugins.metakraftwerk");

    private Simulate() {}

    static void quiet() {
        QUIET.setLevel(Level.OFF);
    }

    /**
     * Ends with status 1 where a rule does not hold.
     *
     * @param arguments {@code --all}, or seconds and perhaps the seed of the first schedule; 0 seconds shows the trace
     */
    public static void main(String[] arguments) throws InterruptedException {
        quiet();
        if (arguments[0].equals("--all")) {
            enumerate();
        } else if (arguments[0].equals("0")) {
            System.out.println(Schedule.of(Long.parseLong(arguments[1]), true).trace());
        } else {
            long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
            explore(new Explorer(seed, Long.parseLong(arguments[0])));
        }
    }

    private static void explore(Explorer explorer) throws InterruptedException {
        Schedule wrong = explorer.explore();
        System.out.println(explorer.summary());
        if (wrong != null) {
            System.out.println(wrong.report());
            System.exit(1);
        }
        System.out.println(explorer.limits());
    }

    private static void enumerate() throws InterruptedException {
        Enumeration all = new Enumeration(2, 1);
        boolean wrong = all.enumerate() != null;
        System.out.println(all.taken() + " schedules with up to two faults and one crash.");
        if (wrong) {
            System.out.println(all.report());
            System.exit(1);
        }
    }
}
