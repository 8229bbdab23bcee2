package io.jenkins.plugins.metakraftwerk.texts;

import static io.jenkins.plugins.metakraftwerk.texts.TextFiles.entries;
import static io.jenkins.plugins.metakraftwerk.texts.TextFiles.german;
import static io.jenkins.plugins.metakraftwerk.texts.TextFiles.keysOfView;
import static io.jenkins.plugins.metakraftwerk.texts.TextFiles.matches;
import static io.jenkins.plugins.metakraftwerk.texts.TextFiles.sibling;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No text is missing in either language, and each can be formatted. */
class TextsTest {

    /** Texts that are rightly the same in both languages. */
    private static final Set<String> SAME = Set.of(
            "MetaKraftwerk",
            "Agent",
            "Build",
            "Deployment",
            "Pattern",
            "Server",
            "{0}",
            "Build {0}: {1} → {2} ({3})",
            ": {0}",
            "{0} {1}",
            "{0}, {1}",
            "{0} ({1})",
            "{0} (offline)",
            "{0} → {1}",
            "{0}, {1} → {2}");

    static List<Path> bundles() {
        return TextFiles.originals(".properties");
    }

    /** All but the description of the plugin, which the update center shows as it is. */
    static List<Path> views() {
        return TextFiles.files(TextFiles.RESOURCES.resolve("io"), ".jelly").toList();
    }

    @Test
    void theFilesAreFound() {
        assertThat(bundles()).hasSizeGreaterThan(10);
        assertThat(views()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("views")
    void aViewHasItsTextsInGermanAndNoOther(Path view) {
        assertThat(entries(german(sibling(view, ".properties")))).containsOnlyKeys(keysOfView(view));
        assertThat(keysOfView(view))
                .containsAll(entries(sibling(view, ".properties")).keySet());
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void aBundleHasTheSameKeysInGerman(Path bundle) {
        assertThat(entries(german(bundle)))
                .containsKeys(entries(bundle).keySet().toArray(String[]::new));
        if (!Files.exists(sibling(bundle, ".jelly"))) {
            assertThat(entries(bundle).keySet())
                    .containsAll(entries(german(bundle)).keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void bothLanguagesMentionTheSame(Path bundle) {
        Map<String, String> english = entries(bundle);
        entries(german(bundle))
                .forEach((key, text) -> assertThat(matches("\\{(\\d+)", text))
                        .as(key)
                        .isEqualTo(matches("\\{(\\d+)", english.getOrDefault(key, key))));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void noGermanTextIsAForgottenCopy(Path bundle) {
        Map<String, String> english = entries(bundle);
        entries(german(bundle)).forEach((key, text) -> {
            assertThat(text).as(key).isNotBlank();
            if (!SAME.contains(text)) {
                assertThat(text).as(key).isNotEqualTo(english.getOrDefault(key, key));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void everyTextCanBeFormatted(Path bundle) {
        for (Path file : List.of(bundle, german(bundle))) {
            entries(file).forEach((key, text) -> {
                assertThat(text.replace("''", "")).as("%s in %s", key, file).doesNotContain("'", "\n", "TODO");
                String formatted = MessageFormat.format(text, "a", "b", "c", "d", "e", "f", "g");
                assertThat(formatted).as("%s in %s", key, file).doesNotContain("{", "}", "''");
            });
        }
    }

    @Test
    void theTextsOfTheClientAreInTheLanguageOfTheirReader() {
        Text busy = Text.forKey("advice.429");
        assertThat(busy.in(Locale.ENGLISH)).isEqualTo("The server is busy: try again later.");
        assertThat(busy.in(Locale.forLanguageTag("de-AT")))
                .isEqualTo("Der Server ist ausgelastet: Versuchen Sie es später noch einmal.");
        assertThat(busy.in(Locale.FRENCH)).isEqualTo(busy.in(Locale.ENGLISH));
        assertThat(Text.forKey("fields", Text.forKey("field.missing", "buildId"))
                        .in(Locale.GERMAN))
                .isEqualTo("buildId fehlt. Es wurde nichts gesendet.");
    }
}
