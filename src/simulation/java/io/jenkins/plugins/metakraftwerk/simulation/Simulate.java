package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Command line of the simulation; see {@code bin/simulate}. */
public final class Simulate {

    /** Held, since an unreferenced logger loses its level. */
    private static final Logger QUIET = Logger.getLogger("io.jenkins.plugins.metakraftwerk");

    private Simulate() {}

    static void quiet() {
        QUIET.setLevel(Level.OFF);
    }

    /**
     * Exits with status 1 if a rule does not hold, and with 2 if the arguments are not clear.
     *
     * @param arguments {@code --all}; {@code --stories}; {@code --schedules}, their number, and perhaps the first seed;
     *     seconds, and perhaps the first seed; 0 and the seed whose trace is to be shown
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

    /** Returns the seed from the arguments, or a new one. */
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
