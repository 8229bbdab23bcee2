package io.jenkins.plugins.metakraftwerk.client;

import java.util.Optional;

/** Limits of the fields that people fill in, in characters. A longer text is refused before it is stored or quoted. */
public final class FieldLimits {

    /** Limit of any name in MetaKraftwerk, and of fields without a limit of their own. */
    public static final int NAME = 1_000;

    public static final int CREDENTIALS_ID = 255;

    /** Limit of the name of a configured server. */
    public static final int SERVER = 100;

    public static final int URL = 255;

    private FieldLimits() {}

    /**
     * Returns the limit of a field.
     *
     * @param field the name that scripts and forms use
     */
    public static int forField(String field) {
        return switch (field) {
            case "credentialsId" -> CREDENTIALS_ID;
            case "server", "defaultServer" -> SERVER;
            default -> NAME;
        };
    }

    /** Returns a complaint about a value that is too long, without the value; else empty. */
    public static Optional<Text> complaint(String field, String value) {
        int most = forField(field);
        return value == null || value.length() <= most
                ? Optional.empty()
                : Optional.of(Text.forKey("field.tooLong", Text.forKey(Text.FIELD, field), most));
    }
}
