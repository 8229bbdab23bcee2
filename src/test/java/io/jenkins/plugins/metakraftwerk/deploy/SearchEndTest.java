package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The search for a record ends, whatever the server lists and however long requests of other runs are on their way. */
class SearchEndTest {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    @AutoClose
    private final RunFixture world = new RunFixture();

    /** A request of another run, which has done its work and is not answered. */
    private Hold flight() {
        Hold answer = world.server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        int flights = world.server.deployments().size() + 1;
        world.trial().start();
        world.server.awaitDeployments(flights, TestClients.LIMIT);
        return answer;
    }

    /** A run that looks for a record above 0 and never gets one. */
    private TestRun searching() {
        return world.trial().startFrom(States.sending(0));
    }

    /** The look that does not show it may be of a server that lags behind. */
    @Test
    void aSuspectThatVanishesFromTheListIsOneUntilTheRequestLands() {
        Hold answer = flight();
        TestRun trial = searching();
        world.timing.pass();
        world.timing.awaitWait();
        world.lag();
        while (world.timing.uptime().compareTo(RecordSearch.WINDOW) <= 0) {
            world.timing.pass();
            world.timing.awaitWait();
        }
        assertThat(trial.ended()).isFalse();
        answer.release();
        world.passUntilEnded(trial);
        trial.isUnknown();
        assertThat(world.timing.uptime()).isLessThan(RecordSearch.WINDOW.plusSeconds(20));
    }

    @Test
    void itEndsWhileARequestOfAnotherRunNeverLands() {
        flight();
        TestRun trial = searching();
        world.passUntilEnded(trial);
        trial.isUnknown();
        assertThat(world.timing.uptime()).isBetween(LONGEST.minusSeconds(5), LONGEST);
    }

    @Test
    void itEndsWhileEverNewRecordsShowUp() {
        flight();
        world.beforeEachLook(world::record);
        TestRun trial = searching();
        world.passUntilEnded(trial);
        trial.isUnknown();
        assertThat(world.timing.uptime()).isBetween(LONGEST.minusSeconds(5), LONGEST);
    }

    @Test
    void aRecordOfAnotherRunDecidesNothing() {
        assertThat(world.trial().start().id()).isEqualTo(1);
        world.server.hold("POST", BUILD_DEPLOYMENTS);
        world.trial().start();
        world.server.awaitRequest("POST", BUILD_DEPLOYMENTS, 2, TestClients.LIMIT);
        TestRun trial = searching();
        world.passUntilEnded(trial);
        trial.isUnknown();
        assertThat(world.timing.uptime()).isLessThanOrEqualTo(RecordSearch.WINDOW);
    }

    @Test
    void aRequestThatLandsElsewhereLeavesTheRecord() {
        Hold answer = world.server.holdAnswer("POST", BUILD_DEPLOYMENTS, Fault.dropBefore());
        TestRun other = world.sent();
        world.record();
        TestRun trial = searching();
        world.timing.pass();
        world.timing.awaitWait();
        assertThat(trial.ended()).as("the record may be that of the other").isFalse();
        answer.release();
        world.passUntilEnded(trial);
        world.passUntilEnded(other);
        assertThat(trial.outcome() instanceof DeploymentResult)
                .as("one of both has it")
                .isNotEqualTo(other.outcome() instanceof DeploymentResult);
    }
}
