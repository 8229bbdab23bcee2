package io.jenkins.plugins.metakraftwerk.client;

import java.io.Serializable;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.UnaryOperator;

/**
 * A text for people that is translated late, when the language of its reader is known. A call fails on a thread that
 * knows nothing of the browser that will show the failure.
 *
 * @param key a key of the bundle {@code Texts} beside this class
 * @param args values of the text; numbers are shown without grouping, since most are ids
 */
// lgtm[jenkins/plaintext-storage] The key is that of a text.
public record Text(String key, List<Serializable> args) implements Serializable {

    /** The key of a text that names a server. */
    static final String SERVER = "server";

    /** The key of a text that names a field. Scripts and forms call a field by different names. */
    public static final String FIELD = "field";

    private static final String BUNDLE = Text.class.getPackageName() + ".Texts";

    public Text {
        args = List.copyOf(args);
    }

    public static Text forKey(String key, Serializable... args) {
        return new Text(key, Arrays.asList(args));
    }

    /**
     * Returns the same text with other names for things of one kind.
     *
     * @param kind {@link #FIELD} or {@link #SERVER}
     * @param other returns the new name for an old one
     */
    public Text naming(String kind, UnaryOperator<Serializable> other) {
        if (key.equals(kind)) {
            return forKey(kind, other.apply(args.get(0)));
        }
        return new Text(
                key,
                args.stream()
                        .map(arg -> arg instanceof Text text ? text.naming(kind, other) : arg)
                        .toList());
    }

    /** Returns the text in a language, or in English if there is no translation. */
    public String in(Locale locale) {
        return in(locale, UnaryOperator.identity());
    }

    /** @param shown returns the words for a value of the text */
    public String in(Locale locale, UnaryOperator<String> shown) {
        var bundle = ResourceBundle.getBundle(
                BUNDLE,
                locale,
                Text.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        Object[] words = args.stream()
                .map(arg -> arg instanceof Text text ? text.in(locale, shown) : shown.apply(String.valueOf(arg)))
                .toArray();
        return new MessageFormat(bundle.getString(key), locale).format(words);
    }

    /** Returns the text in the language of this process. */
    @Override
    public String toString() {
        return in(Locale.getDefault());
    }
}
