package io.jenkins.plugins.metakraftwerk.client;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each status means for a request that changes something. */
class StatusTest {

    @AutoClose
    private final StandInServer server = StandInServer.start();

    private final MetaKraftwerkClient client = TestClients.forServer(server);

    private MetaKraftwerkException post(Fault fault) {
        server.fault("POST", StandInServer.BUILD_DEPLOYMENTS, 1, fault);
        MetaKraftwerkException failure = failure(TestClients.create(client));
        assertThat(server.requests()).as("nothing is repeated").hasSize(1);
        return failure;
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED, false, does not accept",
        "402, REFUSED, false, Check the URL",
        "403, REFUSED, false, ask a MetaKraftwerk administrator",
        "404, REFUSED, false, Check the names and ids",
        "405, REFUSED, false, Check the URL",
        "407, REFUSED, false, proxy",
        "408, UNKNOWN, true, Check the URL",
        "409, REFUSED, false, Check the URL",
        "413, REFUSED, false, Check the URL",
        "422, REFUSED, false, Check the URL",
        "425, REFUSED, true, Check the URL",
        "429, REFUSED, true, busy",
        "500, UNKNOWN, true, problem of its own",
        "501, UNKNOWN, false, problem of its own",
        "502, UNKNOWN, true, problem of its own",
        "503, REFUSED, true, problem of its own",
        "504, UNKNOWN, true, problem of its own",
        "520, UNKNOWN, false, problem of its own",
    })
    void errorsInTheFormOfTheApi(int status, Effect effect, boolean retryable, String advice) {
        MetaKraftwerkException failure = post(Fault.error(status, "Some reason"));
        assertThat(failure.status()).hasValue(status);
        assertThat(failure.effect()).isEqualTo(effect);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.serverMessage()).isEqualTo("Some reason");
        assertThat(failure)
                .hasMessageContaining(server.url())
                .hasMessageContaining("answered " + status)
                .hasMessageContaining(": Some reason.")
                .hasMessageContaining(advice);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html        | <html>Service down</html>",
                "text/plain       | down",
                "application/json | <html>Service down</html>",
                "application/json | {\"message\":",
                "application/json | [1,2]",
                "application/json | null",
                "application/json | ''"
            })
    void aProxysErrorSaysNothingAboutTheServer(String type, String body) {
        MetaKraftwerkException failure = post(Fault.statusAfter(503, type, body));
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.serverMessage()).isEmpty();
        assertThat(failure).hasMessageContaining("without a message").hasMessageNotContaining("html");
    }

    /** A gateway may say so after the work was done; sent again, it would be done twice. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":\"Service Unavailable\"}",
                "{}",
                "{\"status\":503,\"error\":\"Service Unavailable\"}",
                "{\"code\":503}",
                "{\"code\":503,\"message\":\"x\"}",
                "{\"name\":\"Unavailable\",\"className\":\"unavailable\"}",
                "{\"code\":\"503\",\"name\":\"Unavailable\"}",
                "{\"code\":503.0,\"name\":\"Unavailable\"}",
                "{\"code\":4294967799,\"name\":\"Unavailable\"}",
                "{\"code\":502,\"name\":\"BadGateway\"}",
                "{\"code\":[503],\"name\":\"Unavailable\"}",
                "{\"code\":503,\"name\":\"  \",\"className\":null}",
                "{\"code\":503,\"name\":{\"x\":1},\"className\":7}",
                "[{\"code\":503,\"name\":\"Unavailable\"}]",
                "{\"code\":503,\"name\":\"Unavailable\"} <html>",
                "{\"code\":503,\"name\":\"Unavailable\""
            })
    void a503OfAnyOtherFormRefusesNothing(String body) {
        for (String type : new String[] {"application/json", null}) {
            assertThat(post(Fault.statusAfter(503, type, body)).effect()).isEqualTo(Effect.UNKNOWN);
            server.clearRequests();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":503,\"name\":\"Unavailable\"}",
                "{\"code\":503,\"className\":\"unavailable\"}",
                "{\"code\":503,\"name\":null,\"className\":\"unavailable\",\"errors\":{},\"message\":{}}"
            })
    void a503OfTheApiRefuses(String body) {
        assertThat(post(Fault.status(503, "application/json", body)).effect()).isEqualTo(Effect.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 501, 502, 504, 599})
    void noOtherStatusRefusesByItsForm(int status) {
        String body = "{\"code\":503,\"name\":\"Unavailable\",\"className\":\"unavailable\"}";
        assertThat(post(Fault.statusAfter(status, "application/json", body)).effect())
                .isEqualTo(Effect.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"There is none!, There is none! Check", "There is none, There is none. Check"})
    void aSentenceOfTheServerKeepsItsEnd(String said, String shown) {
        assertThat(post(Fault.error(404, said))).hasMessageContaining(": " + shown);
    }

    @Test
    void theServersWordsAreCleaned() {
        MetaKraftwerkException failure = post(
                Fault.error(400, "a\u001b[31mb\u202ec\nd " + server.token() + " Bearer abc " + "x".repeat(10_000)));
        assertThat(failure.serverMessage())
                .startsWith("abc d **** **** x")
                .hasSize(255)
                .endsWith("…");
    }

    @Test
    void anOpaqueTokenIsMaskedToo() {
        server.fault(request -> true, 1, Fault.error(403, "Token opaque-token-4711 may not do that"));
        MetaKraftwerkException failure = failure(
                () -> TestClients.withToken(server.url(), "opaque-token-4711").patterns());
        assertThat(failure.serverMessage()).isEqualTo("Token **** may not do that");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void retryAfterInSeconds(int status) {
        assertThat(post(Fault.error(status, "Later", "Retry-After", "7")).retryAfter())
                .contains(Duration.ofSeconds(7));
    }

    @Test
    void retryAfterAsADate() {
        VirtualTiming timing = new VirtualTiming();
        var withClock = TestClients.forServer(server, timing);
        String date = "Sun, 01 Jun 2025 12:00:42 GMT";
        server.fault(request -> true, 2, Fault.error(429, "Later", "Retry-After", date));
        assertThat(failure(() -> withClock.patterns()).retryAfter()).contains(Duration.ofSeconds(42));
        timing.advance(Duration.ofHours(1));
        assertThat(failure(() -> withClock.patterns()).retryAfter()).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "1.5", "", "99999999999999999999", "Sun, 99 Jun 2025 12:00:42 GMT"})
    void aRetryAfterThatMakesNoSenseIsIgnored(String value) {
        MetaKraftwerkException failure = post(Fault.error(429, "Later", "Retry-After", value));
        assertThat(failure.retryAfter()).isEmpty();
        assertThat(failure.retryable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void redirectsAreNotFollowed(int status) {
        try (StandInServer elsewhere = StandInServer.start()) {
            String target = elsewhere.url() + StandInServer.BUILD_DEPLOYMENTS;
            MetaKraftwerkException failure = post(Fault.redirect(status, target + "?key=secret#x"));
            assertThat(failure.status()).hasValue(status);
            assertThat(failure.effect()).isEqualTo(Effect.REFUSED);
            assertThat(failure.retryable()).isFalse();
            assertThat(failure)
                    .hasMessageContaining("redirects to " + target + ".")
                    .hasMessageContaining("not followed")
                    .hasMessageNotContaining("secret");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void aRedirectDoesNotShowTheToken() {
        String token = "opaque-token-4711";
        server.fault(request -> true, 1, Fault.redirect("https://evil.example/" + token + "/x"));
        assertThat(failure(() -> TestClients.withToken(server.url(), token).patterns()))
                .hasMessageContaining("https://evil.example/****/x");
    }

    @Test
    void aRedirectWithoutATarget() {
        assertThat(post(Fault.status(302, "text/plain", ""))).hasMessageContaining("redirects to ?");
    }
}
