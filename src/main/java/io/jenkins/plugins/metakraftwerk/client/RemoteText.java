package io.jenkins.plugins.metakraftwerk.client;

import java.util.regex.Pattern;

/**
 * Makes a text from outside fit to be shown. The result is one line of limited length. It has no control characters,
 * terminal escapes, or characters that are invisible or change the direction. Tokens, and texts that look like tokens,
 * are masked.
 */
public final class RemoteText {

    /** The longest message of a server that is shown, in characters. */
    public static final int MESSAGE_LIMIT = 255;

    /** The longest name that a log line shows, in characters. */
    public static final int NAME_LIMIT = 200;

    private static final String MASK = "****";
    private static final Pattern TERMINAL_ESCAPE = Pattern.compile("\\x1b\\[[0-?]*[ -/]*[@-~]|\\x1b[@-_]");
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}|\\p{Co}|\\p{Cs}|\\p{Cn}");
    private static final Pattern SPACE = Pattern.compile("[\\p{Cc}\\p{Z}\\s]+");
    private static final Pattern JWT = Pattern.compile("eyJ[\\w-]{4,}(\\.[\\w-]*){0,4}");
    private static final Pattern BEARER = Pattern.compile("(?i)\\bbearer\\s+\\S+");

    private RemoteText() {}

    /**
     * Cleans a server's message.
     *
     * @param secrets values that are masked wherever they occur; empty and null ones are ignored
     */
    public static String message(String raw, String... secrets) {
        return clean(raw, MESSAGE_LIMIT, secrets);
    }

    /** Cleans a name for a log line or an error. */
    public static String name(String raw) {
        return clean(raw, NAME_LIMIT);
    }

    /** Returns the name for a log line, or the id if the name is not known. */
    static String label(String name, Long id) {
        return name != null ? name(name) : "#" + id;
    }

    /** Ends the words with a full stop, so that another sentence can follow. */
    public static String sentence(String shown) {
        return shown.isEmpty() || shown.matches(".*[.!?…]") ? shown : shown + ".";
    }

    static String clean(String raw, int limit, String... secrets) {
        if (raw == null) {
            return "";
        }
        // Masks in more text than the limit, so that no secret is cut in two and then missed.
        String text = raw.length() > 100 * limit ? raw.substring(0, 100 * limit) : raw;
        for (String secret : secrets) {
            if (secret != null && !secret.isBlank()) {
                text = text.replace(secret, MASK);
            }
        }
        text = TERMINAL_ESCAPE.matcher(text).replaceAll("");
        text = INVISIBLE.matcher(text).replaceAll("");
        text = SPACE.matcher(text).replaceAll(" ").strip();
        // Masks again now that invisible characters are gone: they could have split a secret.
        for (String secret : secrets) {
            if (secret != null && !secret.isBlank()) {
                text = text.replace(secret, MASK);
            }
        }
        text = JWT.matcher(text).replaceAll(MASK);
        text = BEARER.matcher(text).replaceAll(MASK);
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
        return text.substring(0, end) + "…";
    }
}
