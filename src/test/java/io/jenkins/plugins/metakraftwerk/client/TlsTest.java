package io.jenkins.plugins.metakraftwerk.client;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.aside;
import static io.jenkins.plugins.metakraftwerk.client.TestClients.failure;
import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is sent over a connection that is not what it should be, and the reason is told. */
class TlsTest {

    private static Certificates certificates;

    @BeforeAll
    static void certificates(@TempDir Path directory) {
        certificates = new Certificates(directory);
    }

    private static MetaKraftwerkClient client(String url, HttpClient.Builder http) {
        var transport = TestClients.transport(url, http, new VirtualTiming());
        return new MetaKraftwerkClient(transport, new StoredTokenSource(() -> "t"));
    }

    private static MetaKraftwerkException post(String url) {
        var http = HttpClient.newBuilder().sslContext(certificates.trusting());
        MetaKraftwerkException failure = failure(TestClients.create(client(url, http)));
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining(url);
        return failure;
    }

    private static MetaKraftwerkException post(SSLContext tls) {
        try (StandInServer server = StandInServer.start(tls)) {
            MetaKraftwerkException failure = post(server.url());
            assertThat(server.requests()).isEmpty();
            return failure;
        }
    }

    @Test
    void aTrustedServerIsTrusted() {
        try (StandInServer server = StandInServer.start(certificates.signed("good", "dns:localhost"))) {
            var http = HttpClient.newBuilder().sslContext(certificates.trusting());
            var transport = TestClients.transport(server.url(), http, new VirtualTiming());
            var client = new MetaKraftwerkClient(transport, new StoredTokenSource(server::token));
            assertThat(get(TestClients.create(client)).id()).isEqualTo(1);
        }
    }

    @Test
    void aSelfSignedCertificate() {
        assertThat(post(certificates.selfSigned()))
                .hasMessageContaining("not signed by an authority that this Jenkins trusts");
    }

    @Test
    void anExpiredCertificate() {
        SSLContext expired = certificates.signed("old", "dns:localhost", "-startdate", "-9d", "-validity", "2");
        assertThat(post(expired)).hasMessageContaining("expired");
    }

    @Test
    void aCertificateOfTheFuture() {
        SSLContext early = certificates.signed("early", "dns:localhost", "-startdate", "+9d", "-validity", "2");
        assertThat(post(early)).hasMessageContaining("not valid yet");
    }

    @Test
    void aCertificateOfAnotherHost() {
        SSLContext other = certificates.signed("other", "dns:other.example");
        assertThat(post(other)).hasMessageContaining("is for another host");
    }

    @Test
    void aServerWithoutTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answered = aside(() -> answerPlainly(plain));
            assertThat(post("https://localhost:" + plain.getLocalPort())).hasMessageContaining("speaks plain http");
            get(answered);
        }
    }

    private static void answerPlainly(ServerSocket plain) {
        try (Socket connection = plain.accept()) {
            connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.shutdownOutput();
            connection.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aServerThatHangsUp() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> closed = aside(() -> hangUp(plain));
            assertThat(post("https://localhost:" + plain.getLocalPort())).hasMessageContaining("speaks TLS");
            get(closed);
        }
    }

    private static void hangUp(ServerSocket plain) {
        try (Socket connection = plain.accept()) {
            connection.getInputStream().read(new byte[4096]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noCommonVersion() {
        try (StandInServer server = StandInServer.start(certificates.signed("modern", "dns:localhost"))) {
            var parameters = new SSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.2"});
            parameters.setCipherSuites(new String[] {"TLS_RSA_WITH_AES_128_CBC_SHA"});
            var http =
                    HttpClient.newBuilder().sslContext(certificates.trusting()).sslParameters(parameters);
            MetaKraftwerkException failure = failure(TestClients.create(client(server.url(), http)));
            assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
            assertThat(failure).hasMessageContaining("speaks TLS");
        }
    }
}
