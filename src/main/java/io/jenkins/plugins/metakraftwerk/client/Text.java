package io.jenkins.plugins.metakraftwerk.client;

import java.io.Serializable;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.UnaryOperator;

/**
 * A text for people that is put into words only when its reader's language is known: a call fails on a thread that
 * knows nothing of the browser that will show the failure.
 *
 * @param key a key of the bundle {@code Texts} beside this class
 * @param args what the text mentions; numbers are shown without grouping, since they are mostly ids
 */
// lgtm[jenkins/plaintext-storage] The key is that of a text.
public record Text(String key, List<Serializable> args) implements Serializable {

    /** The key of a server in a text. */
    static final String SERVER = "server";

    /** The key of a field in a text, which scripts call by another name than forms. */
    public static final String FIELD = "field";

    private static final String BUNDLE = Text.class.getPackageName() + ".Texts";

    public Text {
        args = List.copyOf(args);
    }

    public static Text forKey(String key, Serializable... args) {
        return new Text(key, Arrays.asList(args));
    }

    /**
     * The same text, with other words where it names a thing of some kind.
     *
     * @param kind {@link #FIELD} or {@link #SERVER}
     * @param other from what it is called to what it shall be called
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

    /** The text in a language, or in English where the bundle has no translation. */
    public String in(Locale locale) {
        return in(locale, UnaryOperator.identity());
    }

    /** @param shown what to write for a thing that the text mentions */
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

    /** The text in the language of this process. */
    @Override
    public String toString() {
        return in(Locale.getDefault());
    }
}
