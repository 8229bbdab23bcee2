package io.jenkins.plugins.metakraftwerk.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Logger;

/**
 * Sends one HTTP request to one server and brings back its answer, or the failure that the caller can act on. Follows
 * no redirect, reads at most 10 MiB, waits a bounded time, and logs method, host, path and status, nothing else.
 */
public final class Transport {

    /** How long the whole of an answer may take, from sending to the last byte. */
    public static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Logger LOGGER = Logger.getLogger(Transport.class.getName());

    /**
     * One request.
     *
     * @param body becomes JSON; null for none
     * @param token the bearer token; null for none
     * @param timeout for the whole exchange
     * @param secret what must not be shown even if the server repeats it; the token never is
     */
    record Request(String method, URI uri, Object body, String token, Duration timeout, String secret) {
        @Override
        public String toString() {
            return method + " " + uri.getHost() + uri.getPath();
        }
    }

    private final ServerUrl server;
    private final HttpClient http;
    private final Function<URI, HttpRequest.Builder> requests;
    private final Clock clock;

    /**
     * @param http made by {@link #httpClient}; shared by all calls to a server, so that connections are re-used
     * @param requests starts a request, with whatever headers its surroundings add (User-Agent, proxy log-in)
     */
    public Transport(ServerUrl server, HttpClient http, Function<URI, HttpRequest.Builder> requests, Clock clock) {
        this.server = server;
        this.http = http;
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * Finishes an HTTP client as this class needs it. HTTP/1.1, since a server that limits the streams of an HTTP/2
     * connection makes the JDK's client fail where it should wait.
     */
    public static HttpClient httpClient(HttpClient.Builder builder) {
        return builder.version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(Workers.EXECUTOR)
                .build();
    }

    ServerUrl server() {
        return server;
    }

    /** Fails with {@link MetaKraftwerkException} for anything but an answer of 2xx; cancelling it ends the exchange. */
    CompletableFuture<Answer> send(Request request) {
        HttpRequest http;
        try {
            http = toHttp(request);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // Without the exception's own words: the HTTP client quotes the header that it refuses.
            return CompletableFuture.failedFuture(
                    MetaKraftwerkException.refusedLocally(Text.of("request.unwritable", server.toString())));
        }
        HandOver handOver = new HandOver();
        CompletableFuture<HttpResponse<InputStream>> exchange =
                this.http.sendAsync(http, info -> new BoundedBody(handOver));
        exchange.whenComplete((response, failure) -> handOver.end());
        CompletableFuture<Answer> result = new CompletableFuture<>();
        // The client's own time-out ends with the headers; a body that drips needs one for the whole.
        result.orTimeout(request.timeout().toMillis(), TimeUnit.MILLISECONDS);
        exchange.whenCompleteAsync((response, failure) -> settle(request, response, failure, result), Workers.EXECUTOR);
        result.whenComplete((answer, failure) -> exchange.cancel(true));
        return Futures.mapFailure(result, failure -> Failures.ofCall(server, request, proxy(request.uri()), failure));
    }

    /** The proxy on the way to an address. */
    private Optional<InetSocketAddress> proxy(URI uri) {
        return http.proxy()
                .map(proxies -> (InetSocketAddress) proxies.select(uri).get(0).address());
    }

    private HttpRequest toHttp(Request request) throws JsonProcessingException {
        HttpRequest.Builder http =
                requests.apply(request.uri()).timeout(request.timeout()).header("Accept", "application/json");
        if (request.token() != null) {
            http.header("Authorization", "Bearer " + request.token());
        }
        if (request.body() == null) {
            return http.method(request.method(), HttpRequest.BodyPublishers.noBody())
                    .build();
        }
        return http.header("Content-Type", "application/json")
                .method(
                        request.method(),
                        HttpRequest.BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(request.body())))
                .build();
    }

    private void settle(
            Request request, HttpResponse<InputStream> response, Throwable failure, CompletableFuture<Answer> result) {
        if (failure != null) {
            LOGGER.fine(() ->
                    request + " failed: " + Futures.cause(failure).getClass().getSimpleName());
            result.completeExceptionally(failure);
            return;
        }
        LOGGER.fine(() -> request + " answered " + response.statusCode());
        Answer answer = new Answer(server, request, response);
        if (answer.isSuccess()) {
            result.complete(answer);
        } else {
            result.completeExceptionally(Failures.ofAnswer(server, request, answer, clock));
        }
    }
}
