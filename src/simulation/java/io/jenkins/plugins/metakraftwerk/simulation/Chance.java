package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** Random decisions of a schedule, from one seed. */
class Chance {

    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * Returns decisions without chance: each wait is the shortest, each choice the first. Events of one moment happen
     * in the order in which they were planned.
     */
    static Chance none() {
        return new Chance(0) {
            @Override
            boolean happens(double probability) {
                return probability >= 1;
            }

            @Override
            int below(int bound) {
                return 0;
            }

            @Override
            long between(long least, long most) {
                return least;
            }

            @Override
            double fraction() {
                return 0.5;
            }

            @Override
            long number() {
                return 0;
            }
        };
    }

    boolean happens(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /** Returns a number from 0 to below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Returns a number between both ends, which are included. */
    long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    double fraction() {
        return random.nextDouble();
    }

    long number() {
        return random.nextLong();
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[below(choices.length)];
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }
}
