package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.Arrays;
import java.util.Optional;

/**
 * What is wrong as is known, each a rule and what tells its case from all others. It is counted apart, so that what is new
 * shows. What is mended goes; nothing may come.
 */
enum KnownReds {
    TOOK_ANOTHERS("bp", "took a record while another run's flight from before a restart was open") {
        @Override
        boolean fits(World world, SimRun... runs) {
            return Arrays.stream(runs).anyMatch(run -> run.tookFromBefore);
        }
    },

    SECOND_RESUMED_FIRST("n", "two skipIfDeployed runs across a restart: the second resumes first") {
        @Override
        boolean fits(World world, SimRun... runs) {
            return runs[0].overtook == runs[1] || runs[1].overtook == runs[0];
        }
    },

    UNKNOWN_WHILE_IT_WAITED("nj", "what ended unknown while a run waited is to it, after a restart, what was there before") {
        @Override
        boolean fits(World world, SimRun... runs) {
            return waited(runs[0], runs[1]) || waited(runs[1], runs[0]);
        }

        private boolean waited(SimRun run, SimRun unknown) {
            return unknown.outcome.isUnknown() && run.begunAt < unknown.endedAt && unknown.endedAt < run.startedAt;
        }
    },

    LANDINGS_FORGOTTEN("n", "what has landed is forgotten at a restart, and a list that lags does not show it") {
        @Override
        boolean fits(World world, SimRun... runs) {
            return world.scenario.style().lag() > 0
                    && runs[0].posts.get(0).life != runs[1].posts.get(0).life;
        }
    },

    SETTLED_BY_ANOTHER_EXECUTOR("nj", "a landing with another executor settles the memory") {
        @Override
        boolean fits(World world, SimRun... runs) {
            return world.controller.runs.stream().anyMatch(run -> settles(run, runs[0]) || settles(run, runs[1]));
        }

        private boolean settles(SimRun run, SimRun unknown) {
            return unknown.outcome != null
                    && unknown.outcome.isUnknown()
                    && run.outcome != null
                    && run.outcome.record() != null
                    && run.endedAt >= unknown.endedAt
                    && BeforeDeployment.isSameKind(run, unknown)
                    && !run.job.asked().equals(unknown.job.asked());
        }
    },

    QUEUE_FORGETS_ITS_ORDER("m", "those who wait in a queue are served in order after a restart too") {
        @Override
        boolean fits(World world, SimRun... runs) {
            return runs[1].cameIn < world.controller.life().number;
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
