package io.jenkins.plugins.metakraftwerk.texts;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What tells from its words that a text is German as Jenkins speaks it. */
final class GermanText {

    /** Common in any English sentence, and no words of German. */
    private static final Set<String> ENGLISH =
            words("a about all already and another any are as at be been before but by can"
                    + " could deployed does each else every failed for from has have how if into is it its job's many may more most must"
                    + " never no none not nothing of on only or other out same see several than that the their them then there these they"
                    + " this those to too until what when where whether which who whose why with without you your");

    /** One of them is in any German sentence. */
    private static final Set<String> GERMAN =
            words("alle am an anderen auch auf aus bei beim bis das dass dem den denn der des"
                    + " deren dessen die dieser dieses ein eine einem einen einer eines er es für gilt hat heißt ihm ihn ihr ihre im in ist"
                    + " jeder kann kein keine mit nach nicht nie nur ob oder sein seine seiner sich sie sind statt und vom von vor was wenn"
                    + " wer werden wie wird zu zum zur");

    /** Jenkins says 'Sie'. */
    private static final Set<String> FAMILIAR =
            words("du dein deine deinem deinen deiner deines dich dir euch euer eure");

    /** Jenkins itself has no German for it. */
    private static final String ENGLISH_TITLE = "HTTP Proxy Configuration";

    private static final Pattern CODE =
            Pattern.compile("<(pre|code|em|script|style)\\b[^>]*>.*?</\\1>", Pattern.DOTALL);
    private static final Pattern MARKUP =
            Pattern.compile("<[^>]*>|\\[[^\\]]*]|&\\w+;|\\{\\d+[^}]*}|\\$\\{[^}]*}|\\$\\w+");
    private static final Pattern QUOTED_AS_IN_ENGLISH = Pattern.compile("(?:^|[\\s(])'+\\S|\"");
    private static final Pattern BREAK = Pattern.compile("[^\\p{L}'_]+");

    private GermanText() {}

    /** What is wrong with a text of any length; empty where nothing is. */
    static Set<String> faults(String text) {
        String plain = plain(text);
        Set<String> faults = new LinkedHashSet<>(wordsOf(plain));
        faults.removeIf(word -> !ENGLISH.contains(word) && !FAMILIAR.contains(word));
        if (QUOTED_AS_IN_ENGLISH.matcher(plain).find()) {
            faults.add("quotes other than „…“");
        }
        return faults;
    }

    /** Whether a text of whole sentences has words that only German has. */
    static boolean hasGermanWords(String text) {
        return wordsOf(plain(text)).stream().anyMatch(GERMAN::contains);
    }

    private static String plain(String text) {
        return MARKUP.matcher(CODE.matcher(text).replaceAll(" "))
                .replaceAll(" ")
                .replace(ENGLISH_TITLE, " ");
    }

    private static Set<String> wordsOf(String text) {
        return words(BREAK.matcher(text.toLowerCase(Locale.GERMAN)).replaceAll(" "));
    }

    private static Set<String> words(String text) {
        return new LinkedHashSet<>(Arrays.asList(text.trim().split(" ")));
    }
}
