package io.jenkins.plugins.metakraftwerk.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Request as it arrived.
 *
 * @param path decoded, without the query
 * @param query the parameters, decoded
 * @param rawQuery the query as it was sent; null if there was none
 * @param headers by lower-case name
 * @param connection identifies the connection that the request came over
 */
public record ReceivedRequest(
        String method,
        String path,
        Map<String, String> query,
        String rawQuery,
        String body,
        Map<String, List<String>> headers,
        Instant time,
        int connection) {

    public boolean is(String method, String path) {
        return this.method.equals(method) && this.path.equals(path);
    }

    /** Returns the first value of a header, or null. */
    public String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** Returns the body as JSON, or a missing node if it is none. */
    public JsonNode json() {
        try {
            return StandInData.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return StandInData.JSON.missingNode();
        }
    }

    static Map<String, String> parse(String rawQuery) {
        Map<String, String> query = new LinkedHashMap<>();
        if (rawQuery != null && !rawQuery.isEmpty()) {
            for (String parameter : rawQuery.split("&")) {
                String[] parts = parameter.split("=", 2);
                query.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
            }
        }
        return query;
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
