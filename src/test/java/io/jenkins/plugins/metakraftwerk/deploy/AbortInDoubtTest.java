package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What an aborted run says whose request was refused in a way that may have come after the work was done. */
class AbortInDoubtTest {

    private static final String CREATED = "Aborted, but build deployment 1 was created. It is not recalled.";
    private static final String REFUSED =
            "Aborted. No deployment was created: the request had been sent, and the server had refused it.";
    private static final String UNKNOWN = "Whether a deployment was created is not known.";

    private static final Fault NOT_NOW = Fault.error(503, "Later");
    private static final Fault NOT_NOW_AFTER_THE_WORK = Fault.errorAfter(503, "Later");

    @AutoClose
    private final RunFixture world = new RunFixture();

    /** A run that waits to send again. */
    private TestRun refused(Fault fault) {
        world.fault(fault);
        TestRun trial = world.trial().inBuild("41").start();
        world.timing.awaitWait();
        return trial;
    }

    @Test
    void itsRecordIsThere() {
        TestRun trial = refused(NOT_NOW_AFTER_THE_WORK);
        assertThat(trial.abort()).isEqualTo(CREATED);
        world.isOver(trial, 1);
    }

    @Test
    void thereIsNoRecord() {
        TestRun trial = refused(NOT_NOW);
        assertThat(trial.abort()).as("at once, since the list tells").isEqualTo(REFUSED);
        world.isOver(trial, 1);
    }

    @Test
    void theListDoesNotComeInTime() {
        TestRun trial = refused(NOT_NOW_AFTER_THE_WORK);
        world.server.hold("GET", BUILD_DEPLOYMENTS);
        var report = trial.abortLater();
        world.server.awaitRequest("GET", BUILD_DEPLOYMENTS, 2, TestClients.LIMIT);
        isUnknown(trial, report);
    }

    @Test
    void theListCannotBeRead() {
        TestRun trial = refused(NOT_NOW_AFTER_THE_WORK);
        world.blind(Fault.error(403, "No"));
        isUnknown(trial, trial.abortLater());
    }

    /** Fails unless the report says so when its patience ends, and the next run in the same build heeds it. */
    private void isUnknown(TestRun trial, CompletableFuture<AbortOutcome> report) {
        world.timing.pass();
        assertThat(TestRun.said(report)).contains(UNKNOWN);
        world.isOver(trial, 1);
        world.server.clearFaults();
        world.trial().inBuild("41").start().isDone(Origin.ADOPTED, 1);
    }

    @Test
    void theRefusalComesMeanwhileAndItsRecordIsThere() {
        Hold hold = world.server.holdAnswer("POST", BUILD_DEPLOYMENTS, NOT_NOW_AFTER_THE_WORK);
        TestRun trial = world.carriedOut();
        world.server.fault("GET", BUILD_DEPLOYMENTS, 1, Fault.status(200, "application/json", "[]"));
        var report = trial.abortLater();
        world.timing.awaitWaits(2);
        hold.release();
        assertThat(TestRun.said(report)).isEqualTo(CREATED);
        world.isOver(trial, 1);
    }

    @Test
    void theRefusalComesMeanwhileAndThereIsNoRecord() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS, NOT_NOW);
        TestRun trial = world.sent();
        var report = trial.abortLater();
        hold.release();
        assertThat(TestRun.said(report)).isEqualTo(REFUSED);
        world.isOver(trial, 1);
    }

    @Test
    void aLaterRefusalDoesNotEndTheDoubt() {
        TestRun trial = refused(NOT_NOW_AFTER_THE_WORK);
        world.server.fault("GET", BUILD_DEPLOYMENTS, 2, Fault.status(200, "application/json", "[]"));
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS, Fault.error(403, "No"));
        world.timing.pass();
        world.server.awaitRequest("POST", BUILD_DEPLOYMENTS, 2, TestClients.LIMIT);
        world.server.fault("GET", BUILD_DEPLOYMENTS, 1, Fault.status(200, "application/json", "[]"));
        var report = trial.abortLater();
        world.timing.awaitWaits(2);
        hold.release();
        assertThat(TestRun.said(report)).isEqualTo(CREATED);
    }

    @Test
    void aRefusalAfterTheReportSendsNothing() {
        Hold hold = world.server.hold("POST", BUILD_DEPLOYMENTS, NOT_NOW);
        TestRun trial = world.sent();
        assertThat(trial.abortInVain()).contains(UNKNOWN);
        int looks = world.looks();
        hold.release();
        RunFixture.until(() -> world.flights().isEmpty());
        world.isOver(trial, 1);
        assertThat(world.looks()).isEqualTo(looks);
    }
}
