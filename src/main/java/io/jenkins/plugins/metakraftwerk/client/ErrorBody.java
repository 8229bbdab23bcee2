package io.jenkins.plugins.metakraftwerk.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The body of an error. The API answers with those of FeathersJS, {@code {"name","message","code","className"}}; whatever
 * stands between us and the API may answer with any other JSON.
 *
 * @param message the words for people; empty where there are none
 * @param code the status as the API itself names it, and only where the body has the API's form; else 0
 */
record ErrorBody(String message, int code) {

    /** As far as an error is worth reading, in bytes. */
    private static final int LONGEST = 64 * 1024;

    private static final ErrorBody NONE = new ErrorBody("", 0);

    static ErrorBody parse(ApiResponse answer, InputStream body) {
        if (!answer.isJson()) {
            return NONE;
        }
        try {
            JsonNode error = Json.MAPPER
                    .readerFor(JsonNode.class)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(new String(body.readNBytes(LONGEST), StandardCharsets.UTF_8));
            return error != null && error.isObject() ? parse(error) : NONE;
        } catch (IOException e) {
            // The status alone has to do; a body that is not what it claims to be is not worth showing.
            return NONE;
        }
    }

    private static ErrorBody parse(JsonNode error) {
        JsonNode code = error.path("code");
        boolean api = code.isIntegralNumber()
                && code.canConvertToInt()
                && (isText(error.path("name")) || isText(error.path("className")));
        return new ErrorBody(error.path("message").asText(""), api ? code.intValue() : 0);
    }

    private static boolean isText(JsonNode value) {
        return value.isTextual() && !value.textValue().isBlank();
    }
}
