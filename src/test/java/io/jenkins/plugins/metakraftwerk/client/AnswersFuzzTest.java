package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a server answers, a call ends in time, with a value or with a message that can be read and tells no secret. */
class AnswersFuzzTest {

    private static StandInServer server;
    private static MetaKraftwerkClient client;

    @BeforeContainer
    static void start() {
        server = StandInServer.start();
        client = TestClients.withToken(server.url(), Hostile.TOKEN);
    }

    @AfterContainer
    static void stop() {
        server.close();
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        return Hostile.body();
    }

    @Provide
    Arbitrary<Integer> statuses() {
        return Arbitraries.oneOf(
                Arbitraries.of(200, 201, 200, 201), Arbitraries.integers().between(200, 599));
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of(
                "application/json",
                "application/json",
                "application/json; charset=utf-16",
                "application/json; charset=iso-8859-1",
                "application/json; charset=no such",
                "text/html",
                "",
                "x/y; z");
    }

    @Provide
    Arbitrary<String> texts() {
        return Hostile.json();
    }

    @Provide
    Arbitrary<Charset> charsets() {
        return Arbitraries.of("UTF-8", "UTF-16", "UTF-16LE", "UTF-32BE", "ISO-8859-1", "windows-1252", "IBM500")
                .map(Charset::forName);
    }

    @Provide
    Arbitrary<String> encodings() {
        return Arbitraries.of("gzip", "deflate", "br", "identity", "gzip, gzip", "x");
    }

    private static List<CompletableFuture<?>> calls(MetaKraftwerkClient client) {
        return List.of(
                TestClients.begin(() -> client.find(new BuildDeploymentFilter(5139L, null, null, null, null))),
                TestClients.begin(() -> client.get(1)),
                TestClients.create(client),
                TestClients.begin(client::patterns),
                TestClients.begin(() -> client.deployments("x", null)),
                TestClients.begin(() -> client.agentGroups(null)),
                TestClients.begin(() -> client.agents("x")),
                TestClients.begin(() ->
                        client.collect(new BuildDeploymentFilter(null, "x", null, null, null), Collectors.counting())),
                TestClients.begin(() -> client.build(1)));
    }

    /** Ends, and if it fails, as it should. */
    private static MetaKraftwerkException ends(CompletableFuture<?> call) {
        try {
            call.get(TestClients.LIMIT.toSeconds(), TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(MetaKraftwerkException.class);
            MetaKraftwerkException failure = TestClients.check((MetaKraftwerkException) e.getCause());
            assertThat(failure.getMessage() + failure.serverMessage()).doesNotContain(Hostile.TOKEN);
            return failure;
        } catch (TimeoutException e) {
            throw new AssertionError("Hangs", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Property(tries = 500)
    void anyAnswer(@ForAll("statuses") int status, @ForAll("types") String type, @ForAll("bodies") byte[] body) {
        server.clearFaults();
        server.clearRequests();
        boolean empty = status == 204 || status == 304;
        server.fault(request -> true, 99, Fault.bytesAfter(status, type, empty ? new byte[0] : body));
        calls(client).forEach(AnswersFuzzTest::ends);
    }

    /** The bytes are as good as a server's; what is said of them, or done to them, need not be. */
    @Property(tries = 300)
    void anyCharsetAndCompression(
            @ForAll("types") String type,
            @ForAll("texts") String text,
            @ForAll("charsets") Charset charset,
            @ForAll("encodings") String encoding,
            @ForAll boolean isCompressed)
            throws IOException {
        server.clearFaults();
        server.clearRequests();
        byte[] body = text.getBytes(charset);
        byte[] sent = isCompressed ? compressed(body) : body;
        server.fault(request -> true, 99, Fault.bytesAfter(200, type, sent, "Content-Encoding", encoding));
        calls(client).forEach(AnswersFuzzTest::ends);
    }

    private static byte[] compressed(byte[] body) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            out.write(body);
        }
        return compressed.toByteArray();
    }

    @Property(tries = 300)
    void anyAnswerToALogIn(@ForAll("statuses") int status, @ForAll("bodies") byte[] body) {
        server.clearFaults();
        boolean empty = status == 204 || status == 304;
        Fault fault = Fault.bytesAfter(status, "application/json", empty ? new byte[0] : body);
        server.fault("POST", StandInServer.AUTHENTICATION, 9, fault);
        int records = server.deployments().size();
        MetaKraftwerkClient withSecret = TestClients.loggingIn(server, Hostile.TOKEN, new VirtualTiming());
        MetaKraftwerkException failure = ends(TestClients.create(withSecret));
        assertThat(failure.effect()).isIn(Effect.NOT_SENT, Effect.REFUSED);
        assertThat(server.deployments()).hasSize(records);
    }

    @Property(tries = 200)
    void anyBytesOnTheWire(@ForAll("bodies") byte[] bytes, @ForAll int start) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> over = new CompletableFuture<>();
            CompletableFuture<Void> answering = TestClients.aside(() -> answer(socket, start, bytes, over));
            String url = "http://localhost:" + socket.getLocalPort();
            var call = TestClients.create(TestClients.withToken(url, Hostile.TOKEN));
            try {
                MetaKraftwerkException failure = ends(call);
                if (failure != null) {
                    assertThat(failure.effect()).isNotEqualTo(Effect.NOT_SENT);
                }
            } finally {
                over.complete(null);
            }
            TestClients.get(answering);
        }
    }

    private static void answer(ServerSocket socket, int start, byte[] bytes, CompletableFuture<Void> over) {
        String[] starts = {
            "",
            "HTTP/1.1 ",
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: ",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
            "HTTP/1.1 401 x\r\nWWW-Authenticate: Basic\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -7\r\n\r\n",
            "HTTP/1.1 999 x\r\n\r\n",
            "HTTP/1.1 302 x\r\nLocation: "
        };
        try (Socket connection = socket.accept()) {
            connection.getInputStream().read(new byte[8192]);
            connection
                    .getOutputStream()
                    .write(starts[Math.floorMod(start, starts.length)].getBytes(StandardCharsets.US_ASCII));
            connection.getOutputStream().write(bytes);
            connection.shutdownOutput();
            // Not until the client hangs up: the JDK's keeps some connections that brought no HTTP.
            over.join();
        } catch (IOException e) {
            // The client hung up first.
        }
    }
}
