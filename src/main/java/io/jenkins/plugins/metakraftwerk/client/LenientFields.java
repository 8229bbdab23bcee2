package io.jenkins.plugins.metakraftwerk.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads fields that are only shown to people. A field that does not have the documented form is dropped, so that the
 * record stays readable.
 */
final class LenientFields {

    /** Limit of ids in one field; more than any build has. */
    static final int MOST_IDS = 1000;

    private LenientFields() {}

    private static boolean isId(JsonToken token, JsonParser json) throws IOException {
        // Checks the value and not the type of the number, since {@link EntryFields} keeps each whole number as a
        // BigInteger.
        return token == JsonToken.VALUE_NUMBER_INT
                && json.getBigIntegerValue().bitLength() < Long.SIZE
                && json.getLongValue() > 0;
    }

    /** A text, or null. */
    static final class TextDeserializer extends StdDeserializer<String> {

        private static final long serialVersionUID = 1L;

        TextDeserializer() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
            String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : null;
            json.skipChildren();
            return text;
        }
    }

    /** An id, or null. */
    static final class IdDeserializer extends StdDeserializer<Long> {

        private static final long serialVersionUID = 1L;

        IdDeserializer() {
            super(Long.class);
        }

        @Override
        public Long deserialize(JsonParser json, DeserializationContext context) throws IOException {
            Long id = isId(json.currentToken(), json) ? json.getLongValue() : null;
            json.skipChildren();
            return id;
        }
    }

    /** A list of ids, perhaps empty. */
    static final class IdListDeserializer extends StdDeserializer<List<Long>> {

        private static final long serialVersionUID = 1L;

        IdListDeserializer() {
            super(List.class);
        }

        @Override
        public List<Long> deserialize(JsonParser json, DeserializationContext context) throws IOException {
            List<Long> ids = new ArrayList<>();
            if (json.currentToken() != JsonToken.START_ARRAY) {
                json.skipChildren();
                return ids;
            }
            for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
                if (token == null) {
                    throw context.wrongTokenException(json, List.class, JsonToken.END_ARRAY, "");
                }
                if (isId(token, json) && ids.size() < MOST_IDS) {
                    ids.add(json.getLongValue());
                }
                json.skipChildren();
            }
            return ids;
        }
    }
}
