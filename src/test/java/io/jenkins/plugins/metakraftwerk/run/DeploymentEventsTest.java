package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.TestExtension;

/** A slow listener hears everything that there is room for, in its order. */
class DeploymentEventsTest {

    private static final List<Long> HEARD = new CopyOnWriteArrayList<>();
    private static final CountDownLatch GATE = new CountDownLatch(1);

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    /** Hears nothing before the gate is open. */
    @TestExtension
    public static class Slow extends DeploymentListener {

        @Override
        public void created(Run<?, ?> run, AttemptRecord attempt) {
            try {
                GATE.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            HEARD.add(attempt.record().id());
        }
    }

    @Test
    void hearsAllThatThereIsRoomForInItsOrder() throws Exception {
        FreeStyleBuild run =
                SHARED.jenkins().buildAndAssertSuccess(SHARED.jenkins().createFreeStyleProject());
        // One is being told.
        int most = DeploymentEvents.MOST + 1;
        for (long i = 1; i <= most + 10; i++) {
            DeploymentEvents.get().tell(run, Attempts.ended("o" + i, "CREATED", i, null));
        }
        assertThat(HEARD).isEmpty();
        var slow = DeploymentListener.all().get(Slow.class);
        assertThat(DeploymentEvents.get().heardBy(slow).isGiven()).as("no room").isTrue();
        GATE.countDown();
        while (HEARD.size() < most) {
            TestWaits.until(
                    "all that there was room for", DeploymentEvents.get().heardBy(slow)::isGiven);
        }
        assertThat(HEARD)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, most).boxed().toList());
    }
}
