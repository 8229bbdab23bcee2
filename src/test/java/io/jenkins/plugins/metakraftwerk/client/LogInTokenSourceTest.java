package io.jenkins.plugins.metakraftwerk.client;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.failure;
import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.EMAIL;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PASSWORD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.AUTHENTICATION;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One log-in serves many calls, and a new one is made when it has to be. */
class LogInTokenSourceTest {

    private final VirtualTiming timing = new VirtualTiming();

    @AutoClose
    private final StandInServer server = StandInServer.start();

    private final MetaKraftwerkClient client = TestClients.loggingIn(server, PASSWORD, timing);

    LogInTokenSourceTest() {
        server.clock(timing.clock());
        server.tokenLife(Duration.ofMinutes(10));
    }

    private int logIns() {
        return server.requests("POST", AUTHENTICATION).size();
    }

    private List<CompletableFuture<List<Pattern>>> callsAtOnce(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TestClients.begin(client::patterns))
                .toList();
    }

    @Test
    void theDocumentedRequestIsSentBesideTheApi() throws Exception {
        get(client::patterns);
        var request = server.requests().get(0);
        assertThat(request.is("POST", "/authentication")).isTrue();
        assertThat(request.header("Authorization")).isNull();
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        String expected = "{\"strategy\":\"local\",\"email\":\"" + EMAIL + "\",\"password\":\"" + PASSWORD + "\"}";
        assertThat(request.json()).isEqualTo(new ObjectMapper().readTree(expected));
    }

    @Test
    void oneLogInForManyCallsAtOnce() {
        Hold hold = server.hold("POST", AUTHENTICATION);
        var calls = callsAtOnce(50);
        hold.release();
        calls.forEach(call -> assertThat(get(call)).hasSize(6));
        assertThat(logIns()).isEqualTo(1);
    }

    @Test
    void aTokenIsKeptAndReplacedBeforeItExpires() {
        get(client::patterns);
        timing.advance(Duration.ofMinutes(9));
        get(client::patterns);
        assertThat(logIns()).isEqualTo(1);
        timing.advance(Duration.ofSeconds(31));
        callsAtOnce(10).forEach(TestClients::get);
        assertThat(logIns()).isEqualTo(2);
        assertThat(server.requests("GET", "/api/v1/patterns"))
                .as("no call was refused")
                .hasSize(12);
    }

    @Test
    void aRefusedTokenIsReplacedOnceForAll() {
        get(client::patterns);
        server.expireTokens();
        callsAtOnce(50).forEach(call -> assertThat(get(call)).hasSize(6));
        assertThat(logIns()).isEqualTo(2);
    }

    @Test
    void aRefusedDeploymentIsSentAgainWithTheNewToken() {
        get(client::patterns);
        server.expireTokens();
        assertThat(get(TestClients.create(client)).id()).isEqualTo(1);
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(2);
        assertThat(server.deployments()).hasSize(1);
    }

    @Test
    void aTokenThatIsRefusedAgainEndsTheCall() {
        server.fault("POST", BUILD_DEPLOYMENTS, 9, Fault.error(401, "Not authenticated"));
        MetaKraftwerkException failure = failure(TestClients.create(client));
        assertThat(failure.status()).hasValue(401);
        assertThat(failure.effect()).isEqualTo(Effect.REFUSED);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure)
                .hasMessageContaining("Not authenticated")
                .hasMessageContaining("A new log-in did not help: check the e-mail and the password");
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(2);
        assertThat(logIns()).isEqualTo(2);
    }

    @Test
    void aWrongPassword() {
        MetaKraftwerkException failure =
                failure(TestClients.create(TestClients.loggingIn(server, "wrong-password", timing)));
        assertThat(failure.status()).hasValue(401);
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.serverMessage()).isEqualTo("Invalid login");
        assertThat(failure)
                .hasMessageContaining("Invalid login")
                .hasMessageContaining("Check the e-mail and the password")
                .hasMessageNotContaining("wrong-password");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aPasswordIsMaskedInTheServersWords() {
        server.fault("POST", AUTHENTICATION, 1, Fault.error(400, "No account with '" + PASSWORD + "'"));
        MetaKraftwerkException failure = failure(client::patterns);
        assertThat(failure.serverMessage()).isEqualTo("No account with '****'");
    }

    @Test
    void aMissingEMail() {
        var transport = TestClients.transport(server.url());
        var nameless = new MetaKraftwerkClient(transport, new LogInTokenSource(transport, null, () -> null, timing));
        MetaKraftwerkException failure = failure(TestClients.create(nameless));
        assertThat(failure.serverMessage()).isEqualTo("'email' is required");
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
    }

    @Test
    void aLogInWithoutAnAnswerMeansThatNothingWasSent() {
        for (Fault fault : List.of(Fault.dropAfter(), Fault.truncate(), Fault.error(503, "Later"), Fault.html())) {
            server.fault("POST", AUTHENTICATION, 1, fault);
            assertThat(failure(TestClients.create(client)).effect()).isEqualTo(Effect.NOT_SENT);
        }
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).isEmpty();
        assertThat(get(TestClients.create(client)).id())
                .as("a failed log-in is not kept")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"accessToken\":null}", "{\"accessToken\":{}}", "[]", "{\"access_token\":\"t\"}"})
    void aLogInThatBringsNoToken(String body) {
        server.fault("POST", AUTHENTICATION, 1, Fault.status(201, "application/json", body));
        MetaKraftwerkException failure = failure(TestClients.create(client));
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(failure).hasMessageContaining("POST /authentication");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eyJ\\nX-Evil: 1", "", "\\u0000", "tok\\u00e9n"})
    void aTokenThatFitsNoHeader(String token) {
        server.fault(
                "POST",
                AUTHENTICATION,
                9,
                Fault.status(201, "application/json", "{\"accessToken\":\"" + token + "\"}"));
        MetaKraftwerkException failure = failure(TestClients.create(client));
        assertThat(failure.effect()).isIn(Effect.NOT_SENT, Effect.REFUSED);
        assertThat(failure).hasMessageNotContaining("Evil");
        assertThat(server.deployments()).isEmpty();
    }

    @Test
    void aTokenWithoutExpiryIsKeptUntilItIsRefused() {
        server.acceptToken("opaque");
        server.fault("POST", AUTHENTICATION, 1, Fault.status(201, "application/json", "{\"accessToken\":\"opaque\"}"));
        get(client::patterns);
        timing.advance(Duration.ofDays(1000));
        get(client::patterns);
        assertThat(logIns()).isEqualTo(1);
        server.refuseToken("opaque");
        get(client::patterns);
        assertThat(logIns()).isEqualTo(2);
    }

    @Test
    void aPasswordThatCannotBeReadFailsTheCall() {
        var transport = TestClients.transport(server.url());
        var broken = new LogInTokenSource(
                transport,
                EMAIL,
                () -> {
                    throw new IllegalStateException(PASSWORD);
                },
                timing);
        MetaKraftwerkException failure = failure(TestClients.create(new MetaKraftwerkClient(transport, broken)));
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(failure).hasMessageContaining("No token could be made").hasMessageContaining("IllegalState");
        assertThat(server.requests()).isEmpty();
    }
}
