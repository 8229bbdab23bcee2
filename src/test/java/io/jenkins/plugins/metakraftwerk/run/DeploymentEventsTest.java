package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.Waits;
import io.jenkins.plugins.metakraftwerk.server.Target;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.TestExtension;

/** A slow listener hears everything, in its order, and finds its way to the builds. */
class DeploymentEventsTest {

    private static final List<String> HEARD = new CopyOnWriteArrayList<>();

    /** What those who listen wait for, one for each life of Jenkins. */
    private static volatile CountDownLatch gate;

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final List<CountDownLatch> gates = new CopyOnWriteArrayList<>();

    /** Hears nothing before its gate is open, and nothing after a life of Jenkins that is over. */
    @TestExtension
    public static class Slow extends DeploymentListener {

        private final CountDownLatch own = gate;

        @Override
        public void created(Run<?, ?> run, DeploymentEvent event) {
            try {
                own.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (own == gate) {
                HEARD.add(event.record().id() + " in " + run.getFullDisplayName());
            }
        }
    }

    @BeforeEach
    void close() {
        HEARD.clear();
        newGate();
    }

    private void newGate() {
        gate = new CountDownLatch(1);
        gates.add(gate);
    }

    @AfterEach
    void letGo() {
        gates.forEach(CountDownLatch::countDown);
    }

    private static void tell(Run<?, ?> run, int from, int to) throws Exception {
        DeploymentRequest request = new DeploymentFields("5139")
                .pattern("CORE_DV_HLS", null)
                .deployment("DEPLOY_TO_DEV", null)
                .request();
        Target target = Target.of(run.getParent(), null, null);
        for (int i = from; i <= to; i++) {
            AskedDeployment asked = new AskedDeployment(Owner.in(run), request, target, "mkDeploy");
            BuildDeployment record = new BuildDeployment((long) i, 5139L, 11L, 21L, null, null, null);
            DeploymentEvents.get()
                    .tell(
                            run,
                            RecordedDeployment.with(
                                    asked, new DeploymentResult(Origin.CREATED, record, null), new Date()));
        }
    }

    private static List<String> all(int to, String build) {
        return Stream.iterate(1, i -> i + 1)
                .limit(to)
                .map(i -> i + " in " + build)
                .toList();
    }

    private static void awaitHeard(int count) {
        Waits.until(count + " events", () -> HEARD.size() >= count);
    }

    @Test
    void hearsAlsoWhatHadNoRoomInMemory() throws Throwable {
        sessions.then(jenkins -> {
            FreeStyleBuild run = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("app"));
            tell(run, 1, 2_500);
            assertThat(HEARD).isEmpty();
            gate.countDown();
            awaitHeard(2_500);
            tell(run, 2_501, 2_510);
            awaitHeard(2_510);
            assertThat(HEARD).isEqualTo(all(2_510, "app #1"));
        });
    }

    @Test
    void hearsAfterARestartWhatHadNoRoomInMemory() throws Throwable {
        sessions.then(jenkins -> tell(jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("app")), 1, 2_500));
        newGate();
        sessions.then(jenkins -> {
            tell(
                    jenkins.jenkins
                            .getItemByFullName("app", FreeStyleProject.class)
                            .getBuildByNumber(1),
                    2_501,
                    2_501);
            gate.countDown();
            awaitHeard(2_501);
            assertThat(HEARD).isEqualTo(all(2_501, "app #1"));
        });
        newGate();
        gate.countDown();
        sessions.then(jenkins -> {
            DeploymentEvents.get()
                    .heardBy(DeploymentListener.all().get(Slow.class))
                    .get();
            assertThat(HEARD).as("once").hasSize(2_501);
        });
    }

    @Test
    void hearsOfABuildWhoseJobWasRenamedMeanwhile() throws Throwable {
        sessions.then(jenkins -> {
            FreeStyleProject job = jenkins.createFreeStyleProject("app");
            FreeStyleProject old = jenkins.createFreeStyleProject("old");
            tell(jenkins.buildAndAssertSuccess(job), 1, 1);
            tell(jenkins.buildAndAssertSuccess(old), 2, 2);
            job.renameTo("live");
            old.delete();
            for (String name : List.of("app", "old")) {
                jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject(name));
            }
        });
        newGate();
        gate.countDown();
        sessions.then(jenkins -> {
            DeploymentEvents.get()
                    .heardBy(DeploymentListener.all().get(Slow.class))
                    .get();
            assertThat(HEARD).as("nothing of the new builds").containsExactly("1 in live #1");
        });
    }
}
