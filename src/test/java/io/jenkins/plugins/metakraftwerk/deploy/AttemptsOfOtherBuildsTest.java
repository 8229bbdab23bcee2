package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new Jenkins build, which somebody started knowingly, takes the record of an attempt that is surely its, or sends. */
class AttemptsOfOtherBuildsTest {

    @AutoClose
    private final RunFixture world = new RunFixture();

    /** A run in another build than all others. */
    private TestRun start() {
        return world.trial().start();
    }

    @Test
    void theNewestRecordIsTaken() {
        world.record();
        TestRun lost = world.lost("41");
        world.record();
        TestRun next = start();
        next.isDone(Origin.ADOPTED, 2);
        assertThat(next.found).containsExactly(lost.owner() + ": ADOPTED 2");
        assertThat(next.text()).contains("the outcome of an attempt of app of 41 was unknown, and this is its record");
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void whereThereIsNoneItSaysSoAndSends() {
        world.lost("41");
        TestRun next = start();
        next.isDone(Origin.CREATED, 1);
        assertThat(next.text())
                .contains(
                        "An attempt of app of 41 ended unknown, and no record of it was found. Sending, since this build"
                                + " was started after it.");
    }

    @Test
    void aRecordFromBeforeIsNotTaken() {
        world.record();
        world.lost("41");
        TestRun next = start();
        next.isDone(Origin.CREATED, 2);
        assertThat(next.text())
                .contains(
                        "The newest record there is build deployment 1 of build 5139, which is not taken for its record");
    }

    @Test
    void aRecordThatIsNotTheNewestOfAllBuildsIsNotTaken() {
        world.lost("41");
        world.record();
        world.server.addBuildDeployment(5140, 11, 21, null, null);
        TestRun next = start();
        next.isDone(Origin.CREATED, 3);
        assertThat(next.text()).contains("The newest record there is build deployment 2 of build 5140");
    }

    @Test
    void theRecordOfAnotherRunIsNotTaken() {
        world.lost("41");
        world.claimed(world.record());
        TestRun next = start();
        next.isDone(Origin.CREATED, 2);
        assertThat(next.found).isEmpty();
    }

    @Test
    void aRecordIsTakenWithinADay() {
        world.lost("41");
        world.record();
        world.timing.advance(Duration.ofDays(1).minusMillis(1));
        start().isDone(Origin.ADOPTED, 1);
    }

    @Test
    void aRecordIsNotTakenAfterADay() {
        world.lost("41");
        world.record();
        world.timing.advance(Duration.ofDays(1));
        TestRun next = start();
        next.isDone(Origin.CREATED, 2);
        assertThat(next.text()).contains("An attempt of app of 41 ended unknown");
    }

    @Test
    void afterAMonthNobodySpeaksOfIt() {
        world.lost("41");
        world.timing.advance(UnknownAttempt.KEPT);
        TestRun next = start();
        next.isDone(Origin.CREATED, 1);
        assertThat(next.text()).doesNotContain("41");
    }

    @Test
    void whatWasTakenIsAskedNoMore() {
        world.lost("41");
        world.record();
        start().isDone(Origin.ADOPTED, 1);
        TestRun last = start();
        last.isDone(Origin.CREATED, 2);
        assertThat(last.text()).doesNotContain("41");
    }

    @Test
    void whatALaterRequestFollowedIsAskedNoMore() {
        world.lost("41");
        start().isDone(Origin.CREATED, 1);
        TestRun last = start();
        last.isDone(Origin.CREATED, 2);
        assertThat(last.text()).doesNotContain("41");
    }

    /** It was not answered, whatever came after it, and the build itself does not send again. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatALaterRequestFollowedIsStillAskedByItsOwnBuild(boolean restart) {
        world.lost("41");
        world.claimed(world.record());
        start().isDone(Origin.CREATED, 2);
        if (restart) {
            world.restart();
        }
        TestRun last = start();
        last.isDone(Origin.CREATED, 3);
        assertThat(last.text()).doesNotContain("41");
        TestRun again = world.trial().inBuild("41").start();
        assertThat(again.isUnknown()).contains("an attempt of app of 41");
        assertThat(world.posts()).isEqualTo(3);
    }

    private static DeploymentRequest requestForGroup(String group) throws MetaKraftwerkException {
        return new DeploymentFields("5139")
                .pattern("CORE_DV_HLS", null)
                .deployment("DEPLOY_TO_DEV", null)
                .agentGroup(group, null)
                .request();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestThatSomebodyElseCarriesOutIsNoneThatFollowed(boolean sameBuild) throws Exception {
        world.fault(Fault.dropBefore());
        TestRun lost = world.trial(requestForGroup("DEV_AGENTS")).inBuild("41").start();
        world.passUntilEnded(lost);
        lost.isUnknown();
        world.trial(requestForGroup("PROD_AGENTS"))
                .inBuild(sameBuild ? "41" : "42")
                .sendAfterUnknown()
                .start()
                .isDone(Origin.CREATED, 1);
        world.restart();
        assertThat(world.attempts.forKey(world.key(), "")).singleElement().satisfies(attempt -> {
            assertThat(attempt.owner()).isEqualTo(lost.owner());
            assertThat(attempt.overtaken()).isFalse();
        });
        world.trial(requestForGroup("DEV_AGENTS"))
                .inBuild(sameBuild ? "41" : "42")
                .sendAfterUnknown()
                .start()
                .isDone(Origin.CREATED, 2);
        world.restart();
        if (sameBuild) {
            assertThat(world.attempts.forKey(world.key(), "")).as("settled").isEmpty();
        } else {
            assertThat(world.attempts.forKey(world.key(), ""))
                    .singleElement()
                    .satisfies(attempt -> assertThat(attempt.overtaken()).isTrue());
        }
    }

    @Test
    void whatASkipFollowedMayStillBeFound() {
        world.lost("41");
        world.claimed(world.record());
        world.trial().skipIfDeployed().start().isDone(Origin.SKIPPED, 1);
        TestRun next = start();
        next.isDone(Origin.CREATED, 2);
        assertThat(next.text()).contains("An attempt of app of 41 ended unknown");
    }

    @Test
    void ofSeveralAttemptsTheLastCounts() {
        world.lost("41");
        world.fault(Fault.dropBefore());
        TestRun second = world.trial().inBuild("42").start();
        world.passUntilEnded(second);
        assertThat(second.isUnknown()).doesNotContain("41");
        world.record();
        TestRun next = start();
        next.isDone(Origin.ADOPTED, 1);
        assertThat(next.found).containsExactly(second.owner() + ": ADOPTED 1");
    }
}
