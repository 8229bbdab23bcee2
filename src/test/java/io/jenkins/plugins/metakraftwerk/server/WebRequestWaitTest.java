package io.jenkins.plugins.metakraftwerk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import io.jenkins.plugins.metakraftwerk.client.LoggedLines;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.form.FormLimits;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long the thread of a web request is held. That a call ends at its limit is tested where calls are made. */
class WebRequestWaitTest {

    @AfterEach
    void restore() {
        WebRequestWait.replaceLimits(WebRequestWait.USUAL);
    }

    @Test
    void isNeverAsLongAsTheTenSecondsThatArePromised() {
        assertThat(WebRequestWait.USUAL.all()).isLessThan(Duration.ofSeconds(10));
        assertThat(WebRequestWait.USUAL.call()).isLessThan(WebRequestWait.USUAL.all());
    }

    @Test
    void endsForACallThatNeverDoes() {
        FormLimits.shortWaits();
        CompletableFuture<String> never = new CompletableFuture<>();
        assertThatThrownBy(() -> WebRequestWait.await(() -> VirtualThreadWaits.ofCall(never)))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("did not answer");
        assertThatThrownBy(() -> never.get(TestClients.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("who waited for it has ended")
                .isInstanceOf(CancellationException.class);
    }

    /** Where a message says 'see the Jenkins log', there is something to see. */
    @Test
    void aFailureThatNobodyKnowsIsInTheLog() {
        Throwable failure = new NoClassDefFoundError("on purpose");
        try (LoggedLines log = new LoggedLines(WebRequestWait.class)) {
            assertThatThrownBy(() -> WebRequestWait.await(
                            () -> VirtualThreadWaits.await(CompletableFuture.failedFuture(failure))))
                    .isInstanceOf(AbortException.class)
                    .hasMessageContaining("NoClassDefFoundError): see the Jenkins log");
            assertThat(log.thrown()).containsExactly(failure);
        }
    }
}
