package io.jenkins.plugins.metakraftwerk.client;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The ids of records as people write them: digits, of which leading zeros do not matter, for a number that is positive and
 * that the API can hold. Blanks around them do not matter either.
 */
public final class IdParser {

    /** No other digits than these, which are many in Unicode, and no sign. */
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private IdParser() {}

    /** The id, or empty where the text is none. */
    public static OptionalLong read(String text) {
        String digits = text == null || text.length() > FieldLimits.NAME ? "" : text.strip();
        if (!DIGITS.matcher(digits).matches()) {
            return OptionalLong.empty();
        }
        try {
            long id = Long.parseLong(digits);
            return id > 0 ? OptionalLong.of(id) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            // Too large.
            return OptionalLong.empty();
        }
    }
}
