package io.jenkins.plugins.metakraftwerk.client;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.failure;
import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Calls that end without an answer: what it means depends on how far they came. */
class ConnectionTest {

    @AutoClose
    private final StandInServer server = StandInServer.start();

    private final MetaKraftwerkClient client = TestClients.forServer(server);

    @Test
    void nobodyListens() throws IOException {
        try (SilentPort port = new SilentPort()) {
            MetaKraftwerkException failure = failure(TestClients.create(TestClients.withToken(port.url(), "t")));
            assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
            assertThat(failure.retryable()).isTrue();
            assertThat(failure)
                    .hasMessageContaining(port.url())
                    .hasMessageContaining("refused")
                    .hasMessageContaining("Check the URL");
        }
    }

    @Test
    void nobodyKnowsTheHost() {
        MetaKraftwerkException failure =
                failure(TestClients.create(TestClients.withToken("https://no-such-host.invalid", "t")));
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure)
                .hasMessageContaining("no-such-host.invalid is not known")
                .hasMessageContaining("Check the URL");
    }

    @Test
    void theConnectionIsNotMadeInTime() {
        var http = new ScriptedHttp(uri -> {
            throw new UncheckedIOException(new HttpConnectTimeoutException("HTTP connect timed out"));
        });
        MetaKraftwerkException failure = failure(TestClients.create(http.client(new VirtualTiming())));
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining("the connection was not made in time");
    }

    @Test
    void theServerDoesNotAnswerInTime() {
        Hold hold = server.hold("POST", BUILD_DEPLOYMENTS);
        VirtualTiming timing = new VirtualTiming();
        var call = TestClients.create(TestClients.forServer(server, timing).withTimeout(Duration.ofSeconds(7)));
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        timing.advance(Duration.ofMillis(6999));
        assertThat(call).isNotDone();
        timing.advance(Duration.ofMillis(1));
        MetaKraftwerkException failure = failure(call);
        hold.release();
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure)
                .hasMessageContaining("did not answer in time")
                .hasMessageContaining("POST /build_deployments");
    }

    @Test
    void theConnectionBreaks() {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.dropBefore());
        MetaKraftwerkException failure = failure(TestClients.create(client));
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining("broke before the whole answer was there");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aConnectionThatBreaksWhenItIsUsedAgainIsNoReasonToSendTwice() {
        for (int i = 0; i < 5; i++) {
            get(client::patterns);
            server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.dropAfter());
            assertThat(failure(TestClients.create(client)).effect()).isEqualTo(Effect.UNKNOWN);
        }
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(5);
        assertThat(server.deployments()).hasSize(5);
    }

    @Test
    void aProxyThatLetsNothingThrough() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answered = TestClients.aside(() -> refuseOne(proxy));
            var address = new InetSocketAddress(proxy.getInetAddress(), proxy.getLocalPort());
            var http = HttpClient.newBuilder().proxy(ProxySelector.of(address));
            var transport = TestClients.transport("https://app.metakraftwerk.example", http, new VirtualTiming());
            var client = new MetaKraftwerkClient(transport, new StoredTokenSource(() -> "t"));
            MetaKraftwerkException failure = failure(TestClients.create(client));
            get(answered);
            assertThat(failure.effect()).isIn(Effect.NOT_SENT, Effect.REFUSED);
            assertThat(failure.retryable()).isFalse();
            assertThat(failure).hasMessageContaining("roxy");
        }
    }

    private static void refuseOne(ServerSocket proxy) {
        try (Socket connection = proxy.accept()) {
            connection.getInputStream().read();
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.shutdownOutput();
            connection.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void cancellingEndsTheCall() {
        Hold hold = server.hold("POST", BUILD_DEPLOYMENTS);
        CompletableFuture<BuildDeployment> call = TestClients.create(client);
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        call.cancel(true);
        hold.release();
        assertThat(call).isCancelled();
        assertThat(get(client::patterns)).as("others go on").isNotEmpty();
    }

    @Test
    void cancellingALogInSendsNothingMore() {
        Hold hold = server.hold("POST", StandInServer.AUTHENTICATION);
        MetaKraftwerkClient loggingIn = TestClients.loggingIn(server);
        var cancelled = TestClients.create(loggingIn);
        var other = TestClients.begin(loggingIn::patterns);
        server.awaitRequest("POST", StandInServer.AUTHENTICATION, 1, TestClients.LIMIT);
        cancelled.cancel(true);
        hold.release();
        assertThat(get(other)).as("shares the log-in").isNotEmpty();
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).isEmpty();
    }

    @Test
    void cancellingAListEndsItsPages() {
        server.pageSize(1);
        Hold hold = server.hold("GET", BUILD_DEPLOYMENTS);
        server.addBuildDeployment(5139, 11, 21, null, null);
        server.addBuildDeployment(5139, 11, 21, null, null);
        var list = TestClients.begin(() -> client.find(TestClients.request().sameDeployment()));
        server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestClients.LIMIT);
        list.cancel(true);
        hold.release();
        get(client::patterns);
        assertThat(server.requests("GET", BUILD_DEPLOYMENTS)).hasSize(1);
    }
}
