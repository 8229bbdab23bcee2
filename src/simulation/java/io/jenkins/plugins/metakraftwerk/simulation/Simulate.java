package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.logging.Level;
import java.util.logging.Logger;

/** The simulation from the command line: seconds, and the seed of the first schedule. One seed alone is traced. */
public final class Simulate {

    /** Held, since a logger that nobody holds forgets its level. */
    private static final Logger QUIET = Logger.getLogger("io.jenkins.plugins.metakraftwerk");

    private Simulate() {}

    static void quiet() {
        QUIET.setLevel(Level.OFF);
    }

    private static void enumerate(int faults) throws InterruptedException {
        Enumeration all = new Enumeration(faults, 1);
        String wrong = all.enumerate();
        System.out.println(all.taken() + " schedules");
        if (wrong != null) {
            System.out.println(wrong);
            System.exit(1);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        quiet();
        if (arguments[0].equals("--all")) {
            enumerate(Integer.parseInt(arguments[1]));
            return;
        }
        long seconds = Long.parseLong(arguments[0]);
        if (seconds == 0) {
            System.out.println(Schedule.of(Long.parseLong(arguments[1]), true).trace());
            return;
        }
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
        Explorer explorer = new Explorer(seed, seconds);
        Schedule wrong = explorer.explore();
        System.out.println(explorer.taken() + " schedules from seed " + seed + " on, " + explorer.worked() + " ms of processor time");
        System.out.println(explorer.limits());
        if (wrong != null) {
            System.out.println(wrong.trace());
            System.out.println("Seed " + wrong.seed() + ": " + wrong.violations());
            System.exit(1);
        }
    }
}
