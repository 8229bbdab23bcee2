package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.ReceivedRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server may deploy a build by itself as soon as it is finished; a run that has seen it before lets it. */
class AutomaticDeploymentSearchTest {

    private static final long BUILD = 5140;
    private static final String PATH = "/api/v1/builds/" + BUILD;
    private static final Long NOBODY = null;

    @AutoClose
    private final RunFixture world = new RunFixture();

    private TestRun trial() {
        return world.trial(TestClients.request(BUILD));
    }

    private TestRun runForGroup(long group) throws Exception {
        return world.trial(new DeploymentFields("" + BUILD)
                .pattern("CORE_DV_HLS", null)
                .deployment("DEPLOY_TO_DEV", null)
                .agentGroup(null, "" + group)
                .request());
    }

    /** Lets the run see that the build is not finished, and finishes it then. */
    private TestRun finish(TestRun trial) {
        trial.startWaiting();
        world.timing.awaitWait();
        world.server.setBuild(BUILD, "FINISHED", 100, null);
        return trial;
    }

    private long record(Long group) {
        return world.server.addBuildDeployment(BUILD, 11, 21, null, group);
    }

    private String[] requests() {
        return world.server.requests().stream()
                .map(ReceivedRequest::path)
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "true"})
    void itsRecordIsTaken(String skipIfDeployed) {
        TestRun trial = trial().skipIfDeployed(skipIfDeployed.isEmpty() ? null : true);
        finish(trial);
        record(NOBODY);
        world.passUntilEnded(trial);
        trial.isDone(Origin.ADOPTED, 1);
        assertThat(trial.text()).contains("Found build deployment 1", "perhaps the server's own automatic deployment");
        assertThat(requests())
                .as("no further look, which might be one behind the others")
                .containsExactly("5140", "5140", "build_deployments", "build_deployments");
    }

    @Test
    void whereThereIsNoneItIsSentAfterTwoLooksAFewSecondsApart() {
        TestRun trial = finish(trial());
        world.passUntilEnded(trial);
        trial.isDone(Origin.CREATED, 1);
        assertThat(world.timing.seconds()).containsExactly(1.0, 3.0);
        assertThat(requests())
                .containsExactly("5140", "5140", "build_deployments", "build_deployments", "build_deployments");
        assertThat(world.posts()).isEqualTo(1);
    }

    @Test
    void aRecordThatShowsUpBetweenTwoLooksIsTaken() {
        TestRun trial = finish(trial());
        world.timing.pass();
        world.server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        world.timing.awaitWait();
        record(NOBODY);
        world.passUntilEnded(trial);
        trial.isDone(Origin.ADOPTED, 1);
        assertThat(world.timing.seconds()).as("until two looks agree").containsExactly(1.0, 3.0, 3.0);
    }

    @Test
    void aRecordOfNobodyIsTakenAlsoWhereAGroupIsNamed() throws Exception {
        TestRun trial = finish(runForGroup(41));
        record(NOBODY);
        world.passUntilEnded(trial);
        trial.isDone(Origin.ADOPTED, 1);
    }

    @Test
    void aRecordOfTheSameGroupIsTaken() throws Exception {
        TestRun trial = finish(runForGroup(41));
        record(42L);
        record(41L);
        world.passUntilEnded(trial);
        trial.isDone(Origin.ADOPTED, 2);
    }

    @Test
    void aRecordOfAnotherGroupIsNamedBeforeTheRequest() throws Exception {
        AtomicInteger posts = new AtomicInteger(-1);
        TestRun trial = finish(runForGroup(41).listener(text -> {
            if (text.key().equals("automatic.other")) {
                posts.set(world.posts());
            }
        }));
        record(42L);
        world.passUntilEnded(trial);
        trial.isDone(Origin.CREATED, 2);
        assertThat(posts).hasValue(0);
        assertThat(trial.text()).contains("Build deployment 1 of the same deployment", "by another agent or group");
        assertThat(trial.states.get(2).baseline())
                .as("it is not taken for the own one later")
                .isEqualTo(1);
    }

    @Test
    void whoAsksForItSendsAllTheSame() {
        TestRun trial = finish(trial().skipIfDeployed(false));
        record(NOBODY);
        world.passUntilEnded(trial);
        trial.isDone(Origin.CREATED, 2);
        assertThat(requests()).containsExactly("5140", "5140", "build_deployments", "build_deployments");
    }

    @Test
    void aBuildThatWasFinishedBeforeMayHaveBeenDeployedByAnybody() {
        world.server.setBuild(BUILD, "FINISHED", 100, null);
        record(NOBODY);
        trial().startWaiting().isDone(Origin.CREATED, 2);
        assertThat(world.timing.seconds()).isEmpty();
    }

    @Test
    void whatWasSeenSurvivesARestart() {
        TestRun crashed = finish(trial());
        assertThat(crashed.states)
                .singleElement()
                .satisfies(state -> assertThat(state.sawUnfinished()).isTrue());
        world.restart();
        record(NOBODY);
        TestRun resumed = trial().startFrom(States.reread(crashed.stored()));
        world.passUntilEnded(resumed);
        resumed.isDone(Origin.ADOPTED, 1);
    }

    @Test
    void itLooksForTenSecondsAtMost() throws Exception {
        TestRun trial = runForGroup(41);
        finish(trial);
        world.beforeEachLook(() -> record(42L));
        world.passUntilEnded(trial);
        assertThat(trial.result().origin()).isEqualTo(Origin.CREATED);
        assertThat(world.timing.uptime()).isEqualTo(Duration.ofSeconds(1 + 3 + 3 + 3));
    }

    @Test
    void theRecordOfAnotherRunIsNotTaken() {
        TestRun trial = finish(trial());
        trial().start().isDone(Origin.CREATED, 1);
        world.passUntilEnded(trial);
        trial.isDone(Origin.CREATED, 2);
    }

    @Test
    void itLooksOnceInARun() {
        TestRun trial = finish(trial());
        world.fault(Fault.error(429, "Later"));
        world.passUntilEnded(trial);
        trial.isDone(Origin.CREATED, 1);
        assertThat(world.looks())
                .as("twice, and once more before the second request")
                .isEqualTo(3);
        assertThat(world.server.requests("GET", PATH)).hasSize(2);
    }
}
