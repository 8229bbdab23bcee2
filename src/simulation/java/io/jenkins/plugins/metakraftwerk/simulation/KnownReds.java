package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.Arrays;
import java.util.Optional;

/**
 * What is wrong as is known, each a rule and what tells its case from all others. It is counted apart, so that what is new
 * shows. What is mended goes; nothing may come.
 */
enum KnownReds {
    QUEUE_FORGETS_ITS_ORDER("m", "those who wait in a queue are served in order after a restart too") {
        @Override
        boolean fits(World world, SimRun... runs) {
            return false;
        }
    };

    /** The letters of the rules that it breaks. */
    private final String rules;

    final String words;

    KnownReds(String rules, String words) {
        this.rules = rules;
        this.words = words;
    }

    /** Whether nothing else follows from it, so that the schedule may go on. */
    boolean isHarmless() {
        return this == QUEUE_FORGETS_ITS_ORDER;
    }

    /** @param runs who has to do with it */
    abstract boolean fits(World world, SimRun... runs);

    static Optional<KnownReds> of(World world, String rule, SimRun... runs) {
        return Arrays.stream(values())
                .filter(red -> red.rules.contains(rule) && red.fits(world, runs))
                .findFirst();
    }
}
