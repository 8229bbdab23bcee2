package io.jenkins.plugins.metakraftwerk.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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

    private final Scene scene;
    private final Function<URI, HttpRequest.Builder> requests;

    /**
     * @param http made by {@link #httpClient}; shared by all calls to a server, so that connections are re-used
     * @param requests starts a request, with whatever headers its surroundings add (User-Agent, proxy log-in)
     * @param executor goes on with what a call has ended with; nothing on it may block
     */
    public Transport(
            ServerUrl server,
            HttpClient http,
            Function<URI, HttpRequest.Builder> requests,
            Timing timing,
            Executor executor) {
        scene = new Scene(server, http, timing, executor, new AnswerGate(executor));
        this.requests = requests;
    }

    /**
     * Finishes an HTTP client as this class needs it. HTTP/1.1, since a server that limits the streams of an HTTP/2
     * connection makes the JDK's client fail where it should wait.
     *
     * @param executor reads the answers; nothing on it may block
     */
    public static HttpClient httpClient(HttpClient.Builder builder, Executor executor) {
        return builder.version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(executor)
                .build();
    }

    ServerUrl server() {
        return scene.server();
    }

    Timing timing() {
        return scene.timing();
    }

    /** As {@link Exchange#start}, also where it cannot begin. */
    <T> CompletableFuture<T> send(Request request, Body.Reading<T> reading) {
        try {
            return exchange(request, reading).start();
        } catch (MetaKraftwerkException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** All of a request but that it is sent. */
    <T> Exchange<T> exchange(Request request, Body.Reading<T> reading) throws MetaKraftwerkException {
        try {
            Exchange<T> exchange = new Exchange<>(scene, request, reading, toHttp(request));
            exchange.answer().whenComplete((read, failure) -> LOGGER.fine(() -> request.located() + outcome(failure)));
            return exchange;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // Without the exception's own words: the HTTP client quotes the header that it refuses.
            throw MetaKraftwerkException.refusedLocally(Text.of("request.unwritable", server().text()));
        }
    }

    private static String outcome(Throwable failure) {
        if (failure instanceof MetaKraftwerkException known && known.status().isPresent()) {
            return " answered " + known.status().getAsInt();
        }
        return failure == null
                ? " was answered"
                : " failed: " + Futures.cause(failure).getClass().getSimpleName();
    }

    private HttpRequest toHttp(Request request) throws JsonProcessingException {
        // Without a time-out: the JDK's own takes an answer that nobody has had the time to read for none.
        HttpRequest.Builder http = requests.apply(request.uri()).header("Accept", "application/json");
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
}
