package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is stopped is over: it neither sends nor says in the ledger that it will. */
class SentRequestTest {

    @AutoClose
    private final RunFixture world = new RunFixture();

    private SentRequest request() {
        var plan = new DeploymentPlan(
                TestClients.request(), "Production", null, false, false, States.WAIT, Duration.ofMinutes(2));
        var who = new RunIdentity("run", "build", "app #1");
        return new SentRequest(RunContext.forRun(world.shared(), world.trial(), plan, who, (Text said) -> {}));
    }

    @Test
    void isNotedBeforeItIsSent() throws InterruptedException {
        assertThat(request().note(States.sending(0), () -> {}).isGiven()).isTrue();
        assertThat(world.flights()).isNotEmpty();
    }

    @Test
    void isNotNotedAfterItWasStopped() {
        SentRequest request = request();
        request.stop();
        assertThatThrownBy(() -> request.note(States.sending(0), Assertions::fail))
                .isInstanceOf(InterruptedException.class);
        assertThatThrownBy(request::begin).isInstanceOf(InterruptedException.class);
        assertThat(world.flights()).isEmpty();
        assertThat(world.server.requests()).isEmpty();
    }
}
