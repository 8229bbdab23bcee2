package io.jenkins.plugins.metakraftwerk.client;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Parses the id of a record as people write it: digits for a positive number that fits into a long. Leading zeros and
 * blanks around the id do not matter.
 */
public final class IdParser {

    /** Only these digits, since Unicode has many more, and no sign. */
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private IdParser() {}

    /** Returns the id, or empty if the text is no id. */
    public static OptionalLong read(String text) {
        String digits = text == null || text.length() > FieldLimits.NAME ? "" : text.strip();
        if (!DIGITS.matcher(digits).matches()) {
            return OptionalLong.empty();
        }
        try {
            long id = Long.parseLong(digits);
            return id > 0 ? OptionalLong.of(id) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            // The number is too large.
            return OptionalLong.empty();
        }
    }
}
