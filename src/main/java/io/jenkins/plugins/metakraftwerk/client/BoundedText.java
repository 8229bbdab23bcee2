package io.jenkins.plugins.metakraftwerk.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Texts as they are kept, of whatever length they come: names of jobs, builds and people, names of MetaKraftwerk, reasons. A
 * line of a file has room for all of them.
 */
public final class BoundedText {

    /** The longest that is kept of one, in characters. */
    public static final int MOST = RemoteText.MESSAGE_LIMIT;

    /** The longest reason: a sentence or two of this plugin with what these quote. */
    public static final int REASON = 1_000;

    /** As many bytes of a list as it takes to name those who started a build, and as a line has room for. */
    private static final int FEW_BYTES = 3_000;

    private static final int MOST_BYTES = 15_000;

    private static final String MORE = "…";

    /** Stands between what is shown of a text and the hash of the whole. */
    private static final String MARK = MORE + "#";

    private static final int HASH_DIGITS = 32;

    private BoundedText() {}

    /**
     * The same text, unless it is too long or has control characters: then its beginning, and a hash of the whole, so that
     * two different texts stay different. What was bounded once stays as it is.
     */
    public static String shorten(String text) {
        if (text == null || text.length() <= MOST && text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        String shown = cut(oneLine(text), MOST - MARK.length() - HASH_DIGITS);
        return shown.stripTrailing() + MARK + hash(text);
    }

    /** As {@link #shorten}, of a name that is shown to people. */
    public static String name(String raw) {
        return shorten(RemoteText.clean(raw, FieldLimits.NAME));
    }

    /** Whether only a part of the whole is there. */
    public static boolean isCut(String text) {
        int mark = text.length() - HASH_DIGITS - MARK.length();
        return mark >= 0 && text.startsWith(MARK, mark);
    }

    /** A reason, which nobody compares. */
    public static String reason(String text) {
        if (text == null || text.length() <= REASON && text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        String line = oneLine(text);
        return line.length() <= REASON ? line : cut(line, REASON - MORE.length()) + MORE;
    }

    /** The first of several names, each as {@link #shorten}; where some are left out, the last one says so. */
    public static List<String> names(List<String> texts) {
        return first(texts, BoundedText::shorten, FEW_BYTES);
    }

    /** Likewise of sentences, each as {@link #reason}, which are all that their line has. */
    public static List<String> sentences(List<String> texts) {
        return first(texts, BoundedText::reason, MOST_BYTES);
    }

    private static List<String> first(List<String> texts, UnaryOperator<String> each, int most) {
        List<String> first = new ArrayList<>();
        int bytes = 0;
        for (String one : texts) {
            String text = each.apply(one);
            bytes += bytes(text);
            if (bytes > most) {
                first.add(MORE);
                break;
            }
            first.add(text);
        }
        return List.copyOf(first);
    }

    /** As JSON in UTF-8, with what stands between two. */
    private static int bytes(String text) {
        long escaped = text.chars().filter(one -> one == '"' || one == '\\').count();
        return text.getBytes(StandardCharsets.UTF_8).length + (int) escaped + 3;
    }

    private static String oneLine(String text) {
        // Nobody reads more of it.
        String begin = text.length() > 2 * REASON ? text.substring(0, 2 * REASON) : text;
        return begin.replaceAll("\\p{Cc}+", " ");
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    /** Stands for a text that would be too long, or would tell too much: 32 hex digits. */
    public static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same text in one place of the memory, for what thousands name alike. */
    public static String shared(String text) {
        return text == null ? null : shorten(text).intern();
    }
}
