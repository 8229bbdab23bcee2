package io.jenkins.plugins.metakraftwerk.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is promised of a deployment holds in whatever happens. What is promised says {@link Rules}. */
class SimulationTest {

    private static final int SECONDS = 30;

    @BeforeAll
    static void quiet() {
        Simulate.quiet();
    }

    /** Other schedules each time; the seed of one that fails is shown, and replays it. */
    @Test
    void asManySchedulesAsFit() throws InterruptedException {
        Explorer explorer = new Explorer(System.nanoTime(), SECONDS);
        Schedule wrong = explorer.explore();
        System.out.println("Simulation: " + explorer.summary());
        assertThat(wrong).withFailMessage(() -> wrong.report()).isNull();
    }

    @Test
    void everyScheduleWithOneFaultAndOneCrash() throws InterruptedException {
        Enumeration all = new Enumeration(1, 1);
        assertThat(all.enumerate()).withFailMessage(all::report).isNull();
        System.out.println("Simulation: " + all.taken() + " schedules with one fault and one crash.");
    }

    @Test
    void aSeedReplays() {
        for (long seed = 1; seed <= 50; seed++) {
            String trace = Schedule.of(seed, true).trace();
            assertThat(Schedule.of(seed, true).trace()).isEqualTo(trace).contains("seed " + seed);
        }
    }

    /** Else the trace that is shown would be of another schedule than the one that failed. */
    @Test
    void aTraceChangesNothing() {
        for (long seed = 1; seed <= 50; seed++) {
            assertThat(Schedule.of(seed, true).requests())
                    .isEqualTo(Schedule.of(seed, false).requests());
        }
    }
}
