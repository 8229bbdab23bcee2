package io.jenkins.plugins.metakraftwerk.run;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** Who listens hears how each attempt has ended, and holds up nobody. */
class DeploymentListenerTest {

    private static final List<String> HEARD = new CopyOnWriteArrayList<>();
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    /** Tells a chat what is new. */
    @TestExtension
    public static class ChatListener extends DeploymentListener {

        @Override
        public void created(Run<?, ?> run, AttemptRecord attempt) {
            say("Build " + attempt.buildId() + " is in " + attempt.deployment() + ", by " + run.getFullDisplayName());
        }

        @Override
        public void unknown(Run<?, ?> run, AttemptRecord attempt) {
            say("Perhaps build " + attempt.buildId() + " is in " + attempt.deployment() + ": " + attempt.reason());
        }

        private void say(String text) {
            HEARD.add(text);
        }
    }

    /** Hears everything, and as whom. */
    @TestExtension
    public static class Ear extends DeploymentListener {

        @Override
        public void adopted(Run<?, ?> run, AttemptRecord attempt) {
            HEARD.add("adopted " + attempt.record().id());
        }

        @Override
        public void skipped(Run<?, ?> run, AttemptRecord attempt) {
            HEARD.add("skipped " + attempt.record().id());
        }

        @Override
        public void failed(Run<?, ?> run, AttemptRecord attempt) {
            HEARD.add("failed " + attempt.record() + " as "
                    + Jenkins.getAuthentication2().equals(ACL.SYSTEM2));
        }
    }

    /** The first one to be told. */
    @TestExtension
    public static class Hanging extends DeploymentListener {

        @Override
        public void created(Run<?, ?> run, AttemptRecord attempt) {
            try {
                NEVER.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The second one. */
    @TestExtension
    public static class Throwing extends DeploymentListener {

        @Override
        public void created(Run<?, ?> run, AttemptRecord attempt) {
            throw new NoClassDefFoundError("on purpose");
        }
    }

    @AfterAll
    static void letGo() {
        NEVER.countDown();
    }

    private static FreeStyleProject job(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("deploy");
        DeployBuilder builder = new DeployBuilder("5139");
        builder.setPattern("CORE_DV_HLS");
        builder.setDeployment("DEPLOY_TO_DEV");
        job.getBuildersList().add(builder);
        return job;
    }

    private static Signal heardBy(Class<? extends DeploymentListener> listener) {
        return DeploymentEvents.get().heardBy(DeploymentListener.all().get(listener));
    }

    private static void settle(Class<? extends DeploymentListener> listener) {
        TestWaits.until("what is told", heardBy(listener)::isGiven);
    }

    @Test
    void tellsEachAtItsOwnPace() throws Throwable {
        sessions.then(jenkins -> {
            FreeStyleProject job = job(jenkins);
            for (int i = 0; i < 10; i++) {
                jenkins.buildAndAssertSuccess(job);
            }
            server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.error(403, "No"));
            job.scheduleBuild2(0).get();
            server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.dropAfter());
            jenkins.buildAndAssertSuccess(job);
            settle(ChatListener.class);
            settle(Ear.class);
            settle(Throwing.class);
            assertThat(HEARD)
                    .hasSize(12)
                    .contains("Build 5139 is in DEPLOY_TO_DEV, by deploy #10", "failed null as true", "adopted 11");
            assertThat(heardBy(Hanging.class).isGiven()).isFalse();
        });
    }
}
