package io.jenkins.plugins.metakraftwerk.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Parses a list, or one page of it, while it arrives. The body is a plain array or {@code
 * {"total","limit","skip","data":[…]}}. An entry is handed over when it is complete, and then forgotten. Returns the
 * total, or null for a plain array.
 */
final class ListBodyParser<T> implements BodyParser<Long> {

    /** Takes the entries and counts the bytes. */
    interface Sink<T> {
        void bytes(int count) throws MetaKraftwerkException;

        void entry(T entry) throws MetaKraftwerkException;
    }

    private enum Position {
        START,
        PAGE,
        ENTRIES,
        ENTRY,
        END
    }

    private final ApiResponse response;
    private final Sink<? super T> sink;
    private final EntryFields<T> fields;
    private final JsonParser json;
    private final ByteArrayFeeder feeder;

    private Position position = Position.START;
    private String field;

    /** Depth inside an array or object that is skipped. */
    private int skipped;

    private boolean paged;
    private boolean hasEntries;
    private Long total;

    ListBodyParser(ApiResponse response, Class<T> type, Sink<? super T> sink) throws MetaKraftwerkException {
        response.requireJson();
        this.response = response;
        this.sink = sink;
        fields = new EntryFields<>(type);
        try {
            json = Json.MAPPER.getFactory().createNonBlockingByteArrayParser();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        feeder = (ByteArrayFeeder) json.getNonBlockingInputFeeder();
    }

    @Override
    public void take(ByteBuffer bytes) throws MetaKraftwerkException {
        sink.bytes(bytes.remaining());
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        try {
            feeder.feedInput(copy, 0, copy.length);
            readOn();
        } catch (IOException e) {
            throw response.unusable("answer.unreadable");
        }
    }

    @Override
    public Long end() throws MetaKraftwerkException {
        feeder.endOfInput();
        try {
            readOn();
        } catch (IOException e) {
            // The entries that came before are good, so only the end is missing.
            throw position == Position.START ? response.unusable("answer.unreadable") : response.truncated();
        }
        // If nothing at all arrived, the connection was closed too early, but in good order.
        if (position != Position.END) {
            throw response.truncated();
        }
        if (paged && (!hasEntries || total == null || total < 0)) {
            throw response.unusable("answer.noList");
        }
        return total;
    }

    private void readOn() throws IOException, MetaKraftwerkException {
        JsonToken token = json.nextToken();
        while (token != null && token != JsonToken.NOT_AVAILABLE) {
            if (skipped > 0) {
                if (skipped == 1 && position == Position.ENTRY) {
                    fields.element(token, json);
                }
                skipped += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            } else {
                read(token);
            }
            token = json.nextToken();
        }
    }

    private void read(JsonToken token) throws IOException, MetaKraftwerkException {
        switch (position) {
            case START -> begin(token);
            case PAGE -> page(token);
            case ENTRIES -> entries(token);
            case ENTRY -> entry(token);
            default -> throw response.unusable("answer.unreadable");
        }
    }

    private void begin(JsonToken token) throws MetaKraftwerkException {
        paged = token == JsonToken.START_OBJECT;
        if (!paged && token != JsonToken.START_ARRAY) {
            throw response.unusable("answer.noList");
        }
        position = paged ? Position.PAGE : Position.ENTRIES;
    }

    private void page(JsonToken token) throws IOException, MetaKraftwerkException {
        if (token == JsonToken.FIELD_NAME) {
            field = json.currentName();
        } else if (token == JsonToken.END_OBJECT) {
            position = Position.END;
        } else if (token == JsonToken.START_ARRAY && field.equals("data")) {
            if (hasEntries) {
                throw response.unusable("answer.noList");
            }
            hasEntries = true;
            position = Position.ENTRIES;
        } else if (token.isStructStart()) {
            skipped = 1;
        } else if (token == JsonToken.VALUE_NUMBER_INT && field.equals("total")) {
            total = json.getLongValue();
        }
    }

    private void entries(JsonToken token) throws MetaKraftwerkException {
        if (token == JsonToken.END_ARRAY) {
            position = paged ? Position.PAGE : Position.END;
        } else if (token == JsonToken.START_OBJECT) {
            position = Position.ENTRY;
        } else {
            throw response.unusable("answer.noList");
        }
    }

    private void entry(JsonToken token) throws IOException, MetaKraftwerkException {
        if (token == JsonToken.FIELD_NAME) {
            field = json.currentName();
        } else if (token == JsonToken.END_OBJECT) {
            position = Position.ENTRIES;
            sink.entry(fields.take());
        } else {
            skipped = token.isStructStart() ? 1 : 0;
            fields.put(field, token, json);
        }
    }
}
