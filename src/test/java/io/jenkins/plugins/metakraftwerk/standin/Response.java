package io.jenkins.plugins.metakraftwerk.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** An answer before it is written. */
record Response(int status, String contentType, byte[] body) {

    private static final Map<Integer, String> NAMES = Map.of(
            400, "BadRequest",
            401, "NotAuthenticated",
            404, "NotFound",
            405, "MethodNotAllowed",
            500, "GeneralError");

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

    /** An error in the form of FeathersJS, which the documented texts are the default texts of. */
    static Response error(int status, String message) {
        String name = NAMES.get(status);
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
