package io.jenkins.plugins.metakraftwerk.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Texts shortened to what a line of a file has room for: names of jobs, builds and people, names from MetaKraftwerk,
 * and reasons.
 */
public final class BoundedText {

    /** The longest text that is kept, in characters. */
    public static final int MOST = RemoteText.MESSAGE_LIMIT;

    /** The longest reason, in characters: one or two sentences of this plugin with what they quote. */
    public static final int REASON = 1_000;

    /**
     * Limits of a list in bytes. The first is enough to name the people who started a build; the second is what a line
     * has room for.
     */
    private static final int FEW_BYTES = 3_000;

    private static final int MOST_BYTES = 15_000;

    private static final String MORE = "…";

    /** Separates the beginning of a text from the hash of the whole text. */
    private static final String MARK = MORE + "#";

    private static final int HASH_DIGITS = 32;

    private BoundedText() {}

    /**
     * Returns the same text, unless it is too long or has control characters. Then it returns the beginning and a hash
     * of the whole text, so that two different texts stay different. A text that was shortened before stays the same.
     */
    public static String shorten(String text) {
        if (text == null || text.length() <= MOST && text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        String shown = cut(oneLine(text), MOST - MARK.length() - HASH_DIGITS);
        return shown.stripTrailing() + MARK + hash(text);
    }

    /** Shortens a name that is shown to people, as {@link #shorten} does. */
    public static String name(String raw) {
        return shorten(RemoteText.clean(raw, FieldLimits.NAME));
    }

    /** True if only a part of the text is there. */
    public static boolean isCut(String text) {
        int mark = text.length() - HASH_DIGITS - MARK.length();
        return mark >= 0 && text.startsWith(MARK, mark);
    }

    /** Shortens a reason. It gets no hash, since nobody compares reasons. */
    public static String reason(String text) {
        if (text == null || text.length() <= REASON && text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        String line = oneLine(text);
        return line.length() <= REASON ? line : cut(line, REASON - MORE.length()) + MORE;
    }

    /**
     * Returns the first of several names, each shortened by {@link #shorten}. If names are left out, the last entry is
     * '…'.
     */
    public static List<String> names(List<String> texts) {
        return firstThatFit(texts, BoundedText::shorten, FEW_BYTES);
    }

    /** Returns the first of several sentences, each shortened by {@link #reason}. Their line holds nothing else. */
    public static List<String> sentences(List<String> texts) {
        return firstThatFit(texts, BoundedText::reason, MOST_BYTES);
    }

    private static List<String> firstThatFit(List<String> texts, UnaryOperator<String> each, int most) {
        List<String> first = new ArrayList<>();
        int bytes = 0;
        for (String item : texts) {
            String text = each.apply(item);
            bytes += bytes(text);
            if (bytes > most) {
                first.add(MORE);
                break;
            }
            first.add(text);
        }
        return List.copyOf(first);
    }

    /** Returns the length as JSON in UTF-8, with quotes and a comma. */
    private static int bytes(String text) {
        long escaped = text.chars().filter(item -> item == '"' || item == '\\').count();
        return text.getBytes(StandardCharsets.UTF_8).length + (int) escaped + 3;
    }

    private static String oneLine(String text) {
        // Cuts before the search, since the rest is never shown.
        String begin = text.length() > 2 * REASON ? text.substring(0, 2 * REASON) : text;
        return begin.replaceAll("\\p{Cc}+", " ");
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    /** Returns 32 hex digits that stand for a text that is too long or must not be shown. */
    public static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns one shared object for equal texts, since thousands of entries have the same name. */
    public static String shared(String text) {
        return text == null ? null : shorten(text).intern();
    }
}
