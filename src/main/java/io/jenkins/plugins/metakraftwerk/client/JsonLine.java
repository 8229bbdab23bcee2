package io.jenkins.plugins.metakraftwerk.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Optional;

/** A record as one line of JSON, for what is kept in a file line by line. */
public final class JsonLine {

    private JsonLine() {}

    public static String write(Record value) {
        return Json.write(value);
    }

    /** Empty where the line is not such a record; fields that are not known are left out. */
    public static <T extends Record> Optional<T> read(String line, Class<T> type) {
        try {
            return Optional.ofNullable(Json.MAPPER.readValue(line, type));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
