package io.jenkins.plugins.metakraftwerk.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.http.HttpHeaders;

/** A response of the server: its status and headers. The body is read by a {@link BodyParser}. */
final class ApiResponse {

    private final ServerUrl server;
    private final ApiRequest request;
    private final int status;
    private final HttpHeaders headers;

    ApiResponse(ServerUrl server, ApiRequest request, int status, HttpHeaders headers) {
        this.server = server;
        this.request = request;
        this.status = status;
        this.headers = headers;
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    int status() {
        return status;
    }

    HttpHeaders headers() {
        return headers;
    }

    boolean isJson() {
        String type = headers.firstValue("Content-Type").orElse("application/json");
        return type.matches("(?i)\\s*(application/([\\w.-]+\\+)?json|text/json)\\s*(;.*)?");
    }

    <T> T read(InputStream body, Class<T> type) throws MetaKraftwerkException {
        requireJson();
        try {
            T value = Json.MAPPER
                    .readerFor(type)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(body);
            if (value == null) {
                throw unusable("answer.null");
            }
            return value;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Makes words of the server fit to be shown to people, without the secrets of the request. */
    String shown(String words) {
        return words == null ? null : RemoteText.message(words, request.token(), request.secret());
    }

    /**
     * Makes the failure for a 2xx response that is of no use.
     *
     * @param key says why, in the bundle of texts
     */
    MetaKraftwerkException unusable(String key, Serializable... details) {
        return ExceptionMapper.unusable(server, request.toString(), key, details);
    }

    /** Makes the failure for a 2xx response that ends too early, for example since a connection broke. */
    MetaKraftwerkException truncated() {
        return ExceptionMapper.passing(server, request.toString(), "answer.truncated");
    }

    void requireJson() throws MetaKraftwerkException {
        if (!isJson()) {
            throw unusable("answer.notJson");
        }
    }

    private MetaKraftwerkException unreadable(IOException e) {
        // Recognized by its message: between two fields it has no type of its own, and inside a field Jackson wraps it.
        return e instanceof JsonProcessingException && e.getMessage().startsWith("Unexpected end-of-input")
                ? truncated()
                : unusable("answer.unreadable");
    }
}
