package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** Everything that chance decides in a schedule, from one seed. */
final class Chance {

    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
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
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
