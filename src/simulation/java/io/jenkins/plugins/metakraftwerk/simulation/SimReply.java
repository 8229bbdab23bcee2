package io.jenkins.plugins.metakraftwerk.simulation;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Response on its way to a client.
 *
 * @param type content type; null for none
 * @param retryAfter null for none
 * @param location null for none
 */
record SimReply(int status, String type, byte[] body, String retryAfter, String location) {

    static final String JSON = "application/json; charset=utf-8";

    static SimReply json(int status, String body) {
        return create(status, JSON, body);
    }

    static SimReply create(int status, String type, String body) {
        return new SimReply(status, type, body.getBytes(StandardCharsets.UTF_8), null, null);
    }

    /** Returns an error in the form of the API. */
    static SimReply error(int status, String name, String message) {
        return json(
                status,
                "{\"name\":\"" + name + "\",\"message\":\"" + message + "\",\"code\":" + status + ",\"className\":\""
                        + name.toLowerCase(java.util.Locale.ROOT) + "\"}");
    }

    SimReply retryAfter(String value) {
        return new SimReply(status, type, body, value, location);
    }

    SimReply location(String target) {
        return new SimReply(status, type, body, retryAfter, target);
    }

    HttpHeaders headers() {
        Map<String, List<String>> headers = new TreeMap<>();
        add(headers, "content-type", type);
        add(headers, "retry-after", retryAfter);
        add(headers, "location", location);
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    private static void add(Map<String, List<String>> headers, String name, String value) {
        if (value != null) {
            headers.put(name, List.of(value));
        }
    }

    @Override
    public String toString() {
        String shown = new String(body, 0, Math.min(body.length, 100), StandardCharsets.UTF_8).replace('\n', ' ');
        return status + (retryAfter == null ? "" : " (Retry-After: " + retryAfter + ")") + " " + shown;
    }
}
