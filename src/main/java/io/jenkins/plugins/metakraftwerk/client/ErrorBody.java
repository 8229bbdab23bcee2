package io.jenkins.plugins.metakraftwerk.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The body of an error. The API sends the error bodies of FeathersJS, {@code {"name","message","code","className"}}. A
 * proxy on the way may send any other JSON.
 *
 * @param message the words for people; empty if there are none
 * @param code the status in the body, if the body has the API's form; else 0
 */
record ErrorBody(String message, int code) {

    /** The part of an error that is read, in bytes. */
    private static final int LONGEST = 64 * 1024;

    private static final ErrorBody NONE = new ErrorBody("", 0);

    static ErrorBody parse(ApiResponse response, InputStream body) {
        if (!response.isJson()) {
            return NONE;
        }
        try {
            JsonNode error = Json.MAPPER
                    .readerFor(JsonNode.class)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(new String(body.readNBytes(LONGEST), StandardCharsets.UTF_8));
            return error != null && error.isObject() ? parse(error) : NONE;
        } catch (IOException e) {
            // The status alone has to do. A body that is not the JSON it claims to be is not worth showing.
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
