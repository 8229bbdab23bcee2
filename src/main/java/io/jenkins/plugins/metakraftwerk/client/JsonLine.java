package io.jenkins.plugins.metakraftwerk.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Optional;

/** Writes and reads a record as one line of JSON, for files that are kept line by line. */
public final class JsonLine {

    private JsonLine() {}

    public static String write(Record value) {
        return Json.write(value);
    }

    /** Returns the record, or empty if the line is not such a record. Unknown fields are ignored. */
    public static <T extends Record> Optional<T> read(String line, Class<T> type) {
        try {
            return Optional.ofNullable(Json.MAPPER.readValue(line, type));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
