package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.BuildLocation;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Within one Jenkins build, a request whose outcome is unknown is not sent a second time. */
class EarlierAttemptsTest {

    private static final String BUILD = "41";

    @AutoClose
    private final RunFixture world = new RunFixture();

    private TestRun again() {
        return world.trial().inBuild(BUILD);
    }

    private static DeploymentFields fields() {
        return new DeploymentFields("5139").pattern("CORE_DV_HLS", null).deployment("DEPLOY_TO_DEV", null);
    }

    @Test
    void whereThereIsNoRecordItFailsWithoutSending() {
        world.record();
        world.lost(BUILD);
        assertThat(again().start().isUnknown())
                .contains("an attempt of app of 41 ended unknown", "Nothing was sent now")
                .contains("Check whether build 5139 was deployed")
                .contains("set sendAfterUnknown in a Pipeline, or start a new build");
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void itFailsHoweverOften() {
        world.lost(BUILD);
        again().start().isUnknown();
        again().start().isUnknown();
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void whoAsksForItSendsAllTheSame() {
        world.lost(BUILD);
        TestRun again = again().sendAfterUnknown().start();
        again.isDone(Origin.CREATED, 1);
        assertThat(again.text()).contains("An attempt of app of 41 ended unknown", "Sending anyway");
        assertThat(world.posts()).isEqualTo(2);
    }

    @Test
    void aRecordAboveTheOldBaselineIsTaken() {
        world.record();
        TestRun lost = world.lost(BUILD);
        world.record();
        TestRun again = again().sendAfterUnknown().start();
        again.isDone(Origin.ADOPTED, 2);
        assertThat(again.found).containsExactly(lost.owner() + ": ADOPTED 2");
        assertThat(again.text())
                .contains("Found build deployment 2", "the outcome of an attempt of app of 41 was unknown");
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void whatWasTakenIsAskedNoMore() {
        world.lost(BUILD);
        world.record();
        again().start().isDone(Origin.ADOPTED, 1);
        again().start().isDone(Origin.CREATED, 2);
    }

    @Test
    void whatALaterRequestFollowedIsAskedNoMore() {
        world.lost(BUILD);
        again().sendAfterUnknown().start().isDone(Origin.CREATED, 1);
        again().start().isDone(Origin.CREATED, 2);
    }

    @Test
    void theRecordMayBeThatOfAnyOfSeveralAttempts() {
        world.attempts.note(world.key(), null, new RunIdentity("run 1", BUILD, "app #41"), 3);
        world.attempts.note(world.key(), null, new RunIdentity("run 2", BUILD, "app #41"), 1);
        world.record();
        world.record();
        TestRun again = again().start();
        again.isDone(Origin.ADOPTED, 2);
        assertThat(again.found).containsExactly("run 1: ADOPTED 2");
    }

    @Test
    void theRecordOfAnotherRunIsNotTaken() {
        world.lost(BUILD);
        world.claimed(world.record());
        again().start().isUnknown();
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void whoCarriesItOutDoesNotMatter() throws Exception {
        world.lost(BUILD);
        world.record();
        DeploymentRequest other = fields().agentGroup("PROD_AGENTS", null).request();
        world.trial(other).inBuild(BUILD).start().isDone(Origin.ADOPTED, 1);
    }

    @Test
    void namesAndIdsAreTwoRequests() throws Exception {
        world.lost(BUILD);
        DeploymentRequest ids = new DeploymentFields("5139")
                .pattern(null, "11")
                .deployment(null, "21")
                .request();
        world.trial(ids).inBuild(BUILD).start().isDone(Origin.CREATED, 1);
    }

    @Test
    void anotherBuildPatternDeploymentOrServerIsAnotherRequest() throws Exception {
        world.lost(BUILD);
        world.server.setBuild(5140, "FINISHED", 100, null);
        world.trial(TestClients.request(5140)).inBuild(BUILD).start().isDone(Origin.CREATED, 1);
        var test = new DeploymentFields("5139").pattern("CORE_DV_HLS", null).deployment("DEPLOY_TO_TEST", null);
        world.trial(test.request()).inBuild(BUILD).start().isDone(Origin.CREATED, 2);
        try (StandInServer other = StandInServer.start()) {
            again().client(TestClients.forServer(other)).start().isDone(Origin.CREATED, 1);
        }
    }

    @Test
    void itIsRememberedOverARestart() {
        world.lost(BUILD);
        world.restart();
        again().start().isUnknown();
        world.record();
        again().start().isDone(Origin.ADOPTED, 1);
        world.restart();
        again().start().isDone(Origin.CREATED, 2);
    }

    @Test
    void whatEndsUnknownAfterARestartIsRememberedToo() {
        TestRun resumed = again().startFrom(States.sending(0));
        world.passUntilEnded(resumed);
        resumed.isUnknown();
        again().start().isUnknown();
        assertThat(world.posts()).isZero();
    }

    @Test
    void anAbortThatLeavesTheOutcomeUnknownIsRememberedToo() {
        Hold hold = world.server.hold("POST", StandInServer.BUILD_DEPLOYMENTS);
        TestRun aborted = again().start();
        world.server.awaitRequest("POST", StandInServer.BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        aborted.abortInVain();
        again().start().isUnknown();
        hold.release();
        assertThat(aborted.awaitLate().record().id()).isEqualTo(1);
        again().start().isDone(Origin.CREATED, 2);
    }

    @Test
    void theSameRunIsNoEarlierAttemptOfItself() {
        world.attempts.note(world.key(), null, new RunIdentity("run 7", BUILD, "app #41"), 0);
        again().owner("run 7").start().isDone(Origin.CREATED, 1);
        assertThat(world.attempts.forKey(world.key(), "")).as("settled").isEmpty();
    }

    private static BuildLocation at(String job) {
        return new BuildLocation(job, 3, job + " #3");
    }

    @Test
    void aBuildWhoseJobWasRenamedIsTheSameBuild() {
        world.fault(Fault.dropBefore());
        TestRun lost = again().at(() -> at("app")).start();
        world.passUntilEnded(lost);
        lost.isUnknown();
        world.ledger.moved("app", "live");
        TestRun again = again().at(() -> at("live")).names(known -> Optional.of(known.job() + " now"));
        assertThat(again.start().isUnknown()).contains("an attempt of live now ended unknown");
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void aBuildOfAJobThatWasMadeAnewIsAnotherBuild() {
        world.fault(Fault.dropBefore());
        TestRun lost = world.trial().inBuild("old id").at(() -> at("app")).start();
        world.passUntilEnded(lost);
        world.ledger.moved("app", null);
        TestRun first = world.trial().inBuild("new id").at(() -> at("app")).start();
        first.isDone(Origin.CREATED, 1);
        assertThat(first.text())
                .contains("An attempt of a build of a job that was deleted ended unknown", "Sending, since")
                .doesNotContain("app #3");
    }

    /** As after a crash between the end of a job and the note of it. */
    @Test
    void aJobThatIsNotThereIsNotNamedEither() {
        world.fault(Fault.dropBefore());
        TestRun lost = again().at(() -> at("app")).start();
        world.passUntilEnded(lost);
        TestRun again = again().names(known -> Optional.empty()).start();
        assertThat(again.isUnknown()).contains("an attempt of a build of a job that was deleted ended unknown");
    }

    @Test
    void whereABuildIsCanBeAskedWhenItsRecordIsFound() {
        world.fault(Fault.dropBefore());
        TestRun lost = again().at(() -> at("app")).start();
        world.passUntilEnded(lost);
        world.record();
        TestRun again = again();
        again.hearing(() -> assertThat(world.attempts.place(lost.owner())).contains(at("app")));
        again.start().isDone(Origin.ADOPTED, 1);
        assertThat(again.found).hasSize(1);
    }

    @Test
    void whoFailsToHearOfItChangesNothing() {
        world.lost(BUILD);
        world.record();
        TestRun again = again().hearing(() -> {
            throw new IllegalStateException("on purpose");
        });
        again.start().isDone(Origin.ADOPTED, 1);
        assertThat(world.attempts.forKey(world.key(), "")).as("settled").isEmpty();
    }
}
