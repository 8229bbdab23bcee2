package io.jenkins.plugins.metakraftwerk.client;

import java.util.regex.Pattern;

/**
 * Makes a text that came from outside fit to be shown: on one line, without control characters, terminal escapes,
 * invisible or direction-changing characters, of bounded length, and without anything that is or looks like a token.
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
     * A server's message.
     *
     * @param secrets values that are masked wherever they occur; empty and null ones are ignored
     */
    public static String message(String raw, String... secrets) {
        return clean(raw, MESSAGE_LIMIT, secrets);
    }

    /** A name as a log line or an error shows it. */
    public static String name(String raw) {
        return clean(raw, NAME_LIMIT);
    }

    /** What a log line calls something that has a name or, where that is not known, an id. */
    static String label(String name, Long id) {
        return name != null ? name(name) : "#" + id;
    }

    /** Words that a sentence can follow. */
    public static String sentence(String shown) {
        return shown.isEmpty() || shown.matches(".*[.!?…]") ? shown : shown + ".";
    }

    static String clean(String raw, int limit, String... secrets) {
        if (raw == null) {
            return "";
        }
        // Masking reads a little past the limit, so that no secret is cut in two and then missed.
        String text = raw.length() > 100 * limit ? raw.substring(0, 100 * limit) : raw;
        for (String secret : secrets) {
            if (secret != null && !secret.isBlank()) {
                text = text.replace(secret, MASK);
            }
        }
        text = TERMINAL_ESCAPE.matcher(text).replaceAll("");
        text = INVISIBLE.matcher(text).replaceAll("");
        text = SPACE.matcher(text).replaceAll(" ").strip();
        // Again, and after the invisible characters are gone: they could have split what is masked here.
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
