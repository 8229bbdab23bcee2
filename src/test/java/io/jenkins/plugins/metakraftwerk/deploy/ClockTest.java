package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody sets the clock: a span is as long as before while Jenkins runs, and never longer than the whole after a restart. */
class ClockTest {

    private static final long BUILD = 5140;

    @AutoClose
    private final RunFixture world = new RunFixture();

    /** Sets the clock as soon as the run waits, and lets it come to its end. Returns how long that took. */
    private Duration set(long hours, TestRun trial) {
        world.timing.awaitWait();
        world.timing.setClock(Duration.ofHours(hours));
        world.passUntilEnded(trial);
        return world.timing.uptime();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1})
    void inASearch(long hours) {
        world.fault(Fault.dropBefore());
        TestRun trial = world.trial().start();
        assertThat(set(hours, trial)).isBetween(RecordSearch.WINDOW.minusSeconds(5), RecordSearch.WINDOW);
        trial.isUnknown();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1})
    void inTheBackOff(long hours) {
        world.server.fault("POST", BUILD_DEPLOYMENTS, Integer.MAX_VALUE, Fault.error(429, "Later"));
        TestRun trial = world.trial().start();
        assertThat(set(hours, trial)).isBetween(TestRun.RETRY_LIMIT.minusSeconds(8), TestRun.RETRY_LIMIT);
        assertThat(trial.failure()).hasMessageContaining("Gave up after trying for 119 s.");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1})
    void inAWaitForTheBuild(long hours) {
        TestRun trial = world.trial(TestClients.request(BUILD)).startWaiting();
        assertThat(set(hours, trial)).isEqualTo(States.WAIT);
        assertThat(trial.failure()).hasMessageContaining("was not finished in time");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1})
    void inTheQueue(long hours) {
        world.server.hold("POST", BUILD_DEPLOYMENTS);
        world.trial().skipIfDeployed().start();
        world.server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        TestRun second = world.trial().skipIfDeployed().start();
        assertThat(set(hours, second)).isEqualTo(States.WAIT);
        assertThat(second.failure()).hasMessageContaining("have not ended in time");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1})
    void betweenAWaitForTheBuildAndTheQueue(long hours) {
        world.server.setBuild(BUILD, "FINISHED", 100, null);
        world.server.hold("POST", BUILD_DEPLOYMENTS);
        world.trial(TestClients.request(BUILD)).skipIfDeployed().start();
        world.server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        world.server.setBuild(BUILD, "BUILDING", 40, null);
        TestRun second =
                world.trial(TestClients.request(BUILD)).skipIfDeployed().startWaiting();
        world.timing.awaitWait();
        world.server.setBuild(BUILD, "FINISHED", 100, null);
        assertThat(set(hours, second)).isEqualTo(States.WAIT);
        assertThat(second.failure()).hasMessageContaining("have not ended in time");
    }

    @ParameterizedTest
    @ValueSource(longs = {-5, 0})
    void whileJenkinsIsDown(long hours) {
        DeploymentState stored = DeploymentState.initial(true, States.WAIT, world.timing.now());
        world.timing.setClock(Duration.ofHours(hours));
        TestRun trial = world.trial(TestClients.request(BUILD)).startFrom(States.reread(stored));
        world.passUntilEnded(trial);
        assertThat(trial.failure()).hasMessageContaining("was not finished in time");
        assertThat(world.timing.uptime()).isEqualTo(States.WAIT);
    }
}
