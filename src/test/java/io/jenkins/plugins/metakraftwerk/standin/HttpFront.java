package io.jenkins.plugins.metakraftwerk.standin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLContext;

/** Receives requests and passes them on. A request that waits holds no thread. */
final class HttpFront {

    private static final int BACKLOG = 2000;

    static {
        // Without these settings, the server of the JDK delays small responses and drops idle connections beyond 200.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "5000");
        System.setProperty("sun.net.httpserver.idleInterval", "300");
    }

    private final HttpServer server;
    private final String url;
    private final RequestLog log;
    private final Faults faults;
    private final StandInApi api;
    private final ExecutorService quick = Executors.newFixedThreadPool(16, daemons("stand-in"));
    private final ExecutorService patient = Executors.newCachedThreadPool(daemons("stand-in, slow answer"));
    private volatile Duration delay = Duration.ZERO;

    HttpFront(int port, SSLContext tls, RequestLog log, Faults faults, StandInApi api) throws IOException {
        this.log = log;
        this.faults = faults;
        this.api = api;
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        if (tls == null) {
            server = HttpServer.create(address, BACKLOG);
        } else {
            HttpsServer secure = HttpsServer.create(address, BACKLOG);
            secure.setHttpsConfigurator(new HttpsConfigurator(tls));
            server = secure;
        }
        url = (tls == null ? "http" : "https") + "://localhost:" + port();
        server.setExecutor(quick);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return url;
    }

    int port() {
        return server.getAddress().getPort();
    }

    void delay(Duration delay) {
        this.delay = delay;
    }

    private void handle(HttpExchange exchange) throws IOException {
        ReceivedRequest request = received(exchange);
        log.add(request);
        Fault fault = faults.next(request);
        Duration wait = delay;
        if (wait.isZero()) {
            fault.run(exchange, () -> api.answer(request), quick, patient);
        } else {
            Fault.pause(wait).thenRun(() -> fault.run(exchange, () -> api.answer(request), quick, patient));
        }
    }

    private static ReceivedRequest received(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        URI uri = exchange.getRequestURI();
        return new ReceivedRequest(
                exchange.getRequestMethod(),
                uri.getPath(),
                ReceivedRequest.parse(uri.getRawQuery()),
                uri.getRawQuery(),
                body,
                headers(exchange.getRequestHeaders()),
                Instant.now(),
                exchange.getRemoteAddress().getPort());
    }

    private static Map<String, List<String>> headers(Headers headers) {
        Map<String, List<String>> copy = new HashMap<>();
        headers.forEach((name, values) -> copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return copy;
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    void close() {
        server.stop(0);
        patient.shutdownNow();
        quick.shutdownNow();
    }
}
