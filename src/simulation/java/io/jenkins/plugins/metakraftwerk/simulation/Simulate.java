package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.Optional;
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
     * Ends with status 1 where a rule does not hold, and with 2 where it is not clear what is to be done.
     *
     * @param arguments {@code --all}; {@code --stories}; {@code --schedules}, their number, and perhaps the first seed; seconds, and perhaps
     *     the first seed; 0 and the seed whose trace is to be shown
     */
    public static void main(String[] arguments) throws InterruptedException {
        quiet();
        try {
            if (arguments[0].equals("--all")) {
                enumerate();
            } else if (arguments[0].equals("--stories")) {
                tell();
            } else if (arguments[0].equals("--schedules")) {
                explore(Explorer.ofSchedules(first(arguments, 2), Long.parseLong(arguments[1])));
            } else if (arguments[0].equals("0")) {
                Schedule shown = Schedule.fromSeed(Seed.parse(arguments[1]), true);
                System.out.println(shown.trace() + String.join("\n", shown.violations()));
            } else {
                explore(Explorer.forSeconds(first(arguments, 1), Long.parseLong(arguments[0])));
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** A new one where none is given. */
    private static long first(String[] arguments, int index) {
        return arguments.length > index ? Seed.parse(arguments[index]) : System.nanoTime();
    }

    private static void explore(Explorer explorer) throws InterruptedException {
        Findings findings = explorer.explore();
        System.out.println(explorer.summary());
        System.out.println(findings);
        if (findings.isRed()) {
            System.out.println(findings.reds().get(0).shown().report());
            System.exit(1);
        }
        System.out.println(findings.limits());
    }

    private static void tell() {
        Optional<String> red = Stories.firstRed();
        System.out.println(red.orElse("All stories are as they should be."));
        if (red.isPresent()) {
            System.exit(1);
        }
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
