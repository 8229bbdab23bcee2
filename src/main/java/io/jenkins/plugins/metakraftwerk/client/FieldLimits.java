package io.jenkins.plugins.metakraftwerk.client;

import java.util.Optional;

/** How long what somebody types may be, in characters. Longer texts are refused before they are stored or quoted. */
public final class FieldLimits {

    /** The name of anything in MetaKraftwerk, and whatever else has no limit of its own. */
    public static final int NAME = 1_000;

    public static final int CREDENTIALS_ID = 255;

    /** The name of a configured server. */
    public static final int SERVER = 100;

    public static final int URL = 255;

    private FieldLimits() {}

    /** The most that a field takes, by the name that scripts and forms have for it. */
    public static int forField(String field) {
        return switch (field) {
            case "credentialsId" -> CREDENTIALS_ID;
            case "server", "defaultServer" -> SERVER;
            default -> NAME;
        };
    }

    /** Says that a field holds too much, without what it holds; empty where it does not. */
    public static Optional<Text> complaint(String field, String value) {
        int most = forField(field);
        return value == null || value.length() <= most
                ? Optional.empty()
                : Optional.of(Text.forKey("field.tooLong", Text.forKey(Text.FIELD, field), most));
    }
}
