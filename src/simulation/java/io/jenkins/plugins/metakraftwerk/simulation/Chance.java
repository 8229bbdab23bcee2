package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** Everything that chance decides in a schedule, from one seed. */
class Chance {

    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * Nothing happens by chance, whatever is asked: each wait is the shortest, each choice the first, and what is due at
     * one moment happens in the order in which it was planned.
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

    /** From 0 to below a number. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both ends included. */
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
