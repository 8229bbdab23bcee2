package io.jenkins.plugins.metakraftwerk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long the thread of a web request is held. That a call ends at its limit is tested where calls are made. */
class WaitingTest {

    @AfterEach
    void restore() {
        Waiting.limits = Waiting.USUAL;
    }

    @Test
    void isNeverAsLongAsTheTenSecondsThatArePromised() {
        assertThat(Waiting.USUAL.all()).isLessThan(Duration.ofSeconds(10));
        assertThat(Waiting.USUAL.call()).isLessThan(Waiting.USUAL.all());
    }

    @Test
    void endsForACallThatNeverDoes() {
        FormLimits.shortWaits();
        CompletableFuture<String> never = new CompletableFuture<>();
        assertThatThrownBy(() -> Waiting.await(never))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("did not answer");
        assertThat(never).isCancelled();
    }
}
