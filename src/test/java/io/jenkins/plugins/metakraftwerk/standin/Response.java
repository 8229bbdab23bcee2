package io.jenkins.plugins.metakraftwerk.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Response before it is written. */
record Response(int status, String contentType, byte[] body) {

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(400, "BadRequest"),
            Map.entry(401, "NotAuthenticated"),
            Map.entry(402, "PaymentError"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "NotFound"),
            Map.entry(405, "MethodNotAllowed"),
            Map.entry(406, "NotAcceptable"),
            Map.entry(408, "Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"),
            Map.entry(411, "LengthRequired"),
            Map.entry(422, "Unprocessable"),
            Map.entry(429, "TooManyRequests"),
            Map.entry(500, "GeneralError"),
            Map.entry(501, "NotImplemented"),
            Map.entry(502, "BadGateway"),
            Map.entry(503, "Unavailable"));

    static Response json(int status, JsonNode body) {
        try {
            return new Response(status, "application/json; charset=utf-8", StandInData.JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Response text(int status, String contentType, String body) {
        return new Response(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns an error in the form of FeathersJS. The documented texts are its default texts. */
    static Response error(int status, String message) {
        String name = NAMES.getOrDefault(status, "FeathersError");
        ObjectNode body = StandInData.JSON
                .createObjectNode()
                .put("name", name)
                .put("message", message)
                .put("code", status)
                .put("className", name.replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT));
        body.putObject("errors");
        return json(status, body);
    }
}
