package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waits grow, differ from run to run, and end. */
class BackoffTest {

    private static MetaKraftwerkException failure(int status, String... headers) {
        try (StandInServer server = StandInServer.start()) {
            server.fault(request -> true, 1, Fault.error(status, "Later", headers));
            return TestClients.failure(() -> TestClients.forServer(server).patterns());
        }
    }

    private static List<Long> millis(double chance, MetaKraftwerkException failure) {
        VirtualTiming timing = new VirtualTiming().chance(chance);
        Backoff backoff = new Backoff(timing, Duration.ofMinutes(2));
        List<Long> waits = new ArrayList<>();
        for (Optional<Duration> wait = backoff.next(failure); wait.isPresent(); wait = backoff.next(failure)) {
            waits.add(wait.get().toMillis());
            timing.advance(wait.get());
        }
        assertThat(timing.uptime()).isLessThanOrEqualTo(Duration.ofMinutes(2));
        return waits;
    }

    @Test
    void waitsGrowToALimit() {
        List<Long> waits = millis(0.5, failure(503));
        assertThat(waits)
                .startsWith(1000L, 2000L, 4000L, 8000L, 8000L)
                .hasSize(17)
                .endsWith(8000L);
    }

    @Test
    void chanceMakesThemShorterOrLonger() {
        assertThat(millis(0, failure(503))).startsWith(500L, 1000L, 2000L, 4000L, 4000L);
        assertThat(millis(0.999, failure(503))).startsWith(1499L, 2998L);
    }

    @Test
    void noWaitIsShorterThanTheServerAsksFor() {
        assertThat(millis(0.5, failure(429, "Retry-After", "9"))).startsWith(9000L, 9000L, 9000L, 9000L, 9000L);
        assertThat(millis(0.5, failure(429, "Retry-After", "0"))).startsWith(1000L, 2000L);
        assertThat(millis(0.5, failure(429, "Retry-After", "999999999"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 501})
    void whatStaysAsItIsIsNotTriedAgain(int status) {
        assertThat(millis(0.5, failure(status))).isEmpty();
    }
}
