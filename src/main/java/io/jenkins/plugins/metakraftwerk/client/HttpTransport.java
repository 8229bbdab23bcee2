package io.jenkins.plugins.metakraftwerk.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends one HTTP request to one server and returns its response, or a failure that the caller can act on.
 * <ul>
 *   <li>It follows no redirect.
 *   <li>It reads no more bytes than the parser of the response allows.
 *   <li>It waits for a limited time.
 *   <li>It logs method, host, path and status, nothing else.
 * </ul>
 */
public final class HttpTransport {

    /** The time limit of an exchange, from sending to the last byte. */
    public static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Logger LOGGER = Logger.getLogger(HttpTransport.class.getName());

    private final ExchangeContext context;
    private final Function<URI, HttpRequest.Builder> requests;

    /**
     * @param http made by {@link #httpClient}; shared by all calls to a server, so that connections are used again
     * @param requests starts a request, with headers that Jenkins adds (User-Agent, proxy log-in)
     * @param executor handles the outcome of a call; its tasks must not block
     */
    public HttpTransport(
            ServerUrl server,
            HttpClient http,
            Function<URI, HttpRequest.Builder> requests,
            Timing timing,
            Executor executor) {
        context = new ExchangeContext(server, http, timing, executor, new ResponseGate(executor));
        this.requests = requests;
    }

    /**
     * Builds an HTTP client with the settings that this class needs. It uses HTTP/1.1: if a server limits the streams
     * of an HTTP/2 connection, the JDK's client fails where it should wait.
     *
     * @param executor reads the responses; its tasks must not block
     */
    public static HttpClient httpClient(HttpClient.Builder builder, Executor executor) {
        return builder.version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(executor)
                .build();
    }

    ServerUrl server() {
        return context.server();
    }

    Timing timing() {
        return context.timing();
    }

    /** Returns the executor that handles the outcome of a call. */
    Executor executor() {
        return context.executor();
    }

    /** Sends, and waits for the response within the time-out of the request; see {@link RequestExchange#send}. */
    <T> T send(ApiRequest request, BodyParser.Factory<T> parsers) throws MetaKraftwerkException, InterruptedException {
        try (PreparedRequest<T> prepared = prepare(request, parsers, new TimeLimit(timing(), request.timeout()))) {
            return prepared.send();
        }
    }

    /**
     * Prepares a request so that it only has to be sent.
     *
     * @throws RuntimeException if the time cannot be watched
     */
    <T> PreparedRequest<T> prepare(ApiRequest request, BodyParser.Factory<T> parsers, TimeLimit limit)
            throws MetaKraftwerkException, InterruptedException {
        // On a platform thread, since the headers come from Jenkins.
        HttpRequest message = new PlatformCalls(executor()).get(() -> toHttp(request));
        return new PreparedRequest<>(request, message, parsers, limit.watch());
    }

    /** A request that is ready to be sent. Its time limit runs from when it was prepared. */
    final class PreparedRequest<T> implements AutoCloseable {

        private final ApiRequest request;
        private final HttpRequest message;
        private final BodyParser.Factory<T> parsers;
        private final TimeLimit.Watch limit;

        private PreparedRequest(
                ApiRequest request, HttpRequest message, BodyParser.Factory<T> parsers, TimeLimit.Watch limit) {
            this.request = request;
            this.message = message;
            this.parsers = parsers;
            this.limit = limit;
        }

        T send() throws MetaKraftwerkException, InterruptedException {
            try {
                T result = new RequestExchange<>(context, request, parsers).send(message, limit);
                log(null);
                return result;
            } catch (MetaKraftwerkException | RuntimeException | Error e) {
                log(e);
                throw e;
            }
        }

        private void log(Throwable failure) throws InterruptedException {
            if (LOGGER.isLoggable(Level.FINE)) {
                new PlatformCalls(executor()).run(() -> LOGGER.fine(request.located() + outcome(failure)));
            }
        }

        @Override
        public void close() {
            limit.close();
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

    private HttpRequest toHttp(ApiRequest request) throws MetaKraftwerkException {
        try {
            return written(request);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // Without the exception's own words, since the HTTP client quotes the header that it refuses.
            throw MetaKraftwerkException.refusedLocally(Text.forKey("request.unwritable", server().text()));
        }
    }

    private HttpRequest written(ApiRequest request) throws JsonProcessingException {
        // Without a time-out: the JDK's own would also fail for a response that has arrived and is not read yet.
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
