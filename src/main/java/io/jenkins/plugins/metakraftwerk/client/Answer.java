package io.jenkins.plugins.metakraftwerk.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/** An answer of the server. */
final class Answer {

    /** The most entries that a list may have; it bounds the memory that one answer can take. */
    static final int MOST_ENTRIES = 100_000;

    /** One page of a list: its entries and, where the server pages, how many there are in all. */
    record Page<T>(List<T> entries, Long total) {}

    private final ServerUrl server;
    private final Request request;
    private final int status;
    private final HttpHeaders headers;

    Answer(ServerUrl server, Request request, int status, HttpHeaders headers) {
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

    /** Words of the server that are shown to people, without the secrets of the request. */
    String shown(String words) {
        return words == null ? null : RemoteText.message(words, request.token(), request.secret());
    }

    /**
     * A list that comes as a plain array or as a page {@code {"total","limit","skip","data":[…]}}.
     */
    <T extends Record> Page<T> readPage(InputStream body, Class<T> type) throws MetaKraftwerkException {
        requireJson();
        try (JsonParser json = Json.MAPPER.createParser(body)) {
            JsonToken start = json.nextToken();
            if (start != JsonToken.START_ARRAY && start != JsonToken.START_OBJECT) {
                throw unusable("answer.noList");
            }
            Page<T> page = start == JsonToken.START_ARRAY ? new Page<>(entries(json, type), null) : page(json, type);
            if (json.nextToken() != null) {
                throw unusable("answer.unreadable");
            }
            return page;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private <T extends Record> Page<T> page(JsonParser json, Class<T> type) throws IOException, MetaKraftwerkException {
        Long total = null;
        List<T> entries = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            if (field.equals("total") && json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                total = json.getLongValue();
            } else if (field.equals("data") && json.currentToken() == JsonToken.START_ARRAY) {
                entries = entries(json, type);
            } else {
                json.skipChildren();
            }
        }
        if (entries == null || total == null || total < 0) {
            throw unusable("answer.noList");
        }
        return new Page<>(entries, total);
    }

    private <T extends Record> List<T> entries(JsonParser json, Class<T> type)
            throws IOException, MetaKraftwerkException {
        List<T> entries = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw unusable("answer.noList");
            }
            if (entries.size() >= MOST_ENTRIES) {
                throw unusable("answer.tooMany");
            }
            entries.add(Json.MAPPER.readValue(json, type));
        }
        return entries;
    }

    /** An answer of 2xx that is no use, for the reason that a key names. */
    MetaKraftwerkException unusable(String key) {
        return Failures.unusable(server, request, key);
    }

    private void requireJson() throws MetaKraftwerkException {
        if (!isJson()) {
            throw unusable("answer.notJson");
        }
    }

    private MetaKraftwerkException unreadable(IOException e) {
        // By its words: between two fields it has no type of its own, and inside a field Jackson wraps it.
        return e instanceof JsonProcessingException && e.getMessage().startsWith("Unexpected end-of-input")
                ? Failures.truncated(server, request)
                : unusable("answer.unreadable");
    }
}
