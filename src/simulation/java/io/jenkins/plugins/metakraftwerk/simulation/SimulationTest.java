package io.jenkins.plugins.metakraftwerk.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks that the promises about deployments hold, whatever happens. {@link Rules} lists them. */
class SimulationTest {

    /**
     * Always the same, so that nobody meets by chance a fault that others have left. {@code bin/simulate} draws new
     * ones.
     */
    private static final long FIRST_SEED = 100_000;

    private static final int SCHEDULES = 20_000;

    @BeforeAll
    static void quiet() {
        Simulate.quiet();
    }

    /** Shows the seed of a failed schedule, which replays it. */
    @Test
    void theSchedulesOfSeedsOneAfterAnother() throws InterruptedException {
        Explorer explorer = Explorer.ofSchedules(FIRST_SEED, SCHEDULES);
        List<Schedule> reds = explorer.explore().reds();
        System.out.println("Simulation: " + explorer.summary());
        assertThat(reds)
                .withFailMessage(() -> reds.get(0).shown().report())
                .isEmpty();
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
            String trace = Schedule.fromSeed(seed, true).trace();
            assertThat(Schedule.fromSeed(seed, true).trace()).isEqualTo(trace).contains(new Seed(seed) + ",");
        }
    }

    /**
     * Checks that a seed draws the same schedule again. Otherwise the trace would be of another one than the failed
     * one.
     */
    @Test
    void aTraceChangesNothing() {
        for (long seed = 1; seed <= 50; seed++) {
            assertThat(Schedule.fromSeed(seed, true).requests())
                    .isEqualTo(Schedule.fromSeed(seed, false).requests());
        }
    }
}
