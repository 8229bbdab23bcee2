package io.jenkins.plugins.metakraftwerk.texts;

import static io.jenkins.plugins.metakraftwerk.texts.TextFiles.german;
import static io.jenkins.plugins.metakraftwerk.texts.TextFiles.matches;
import static io.jenkins.plugins.metakraftwerk.texts.TextFiles.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field has its help, with an example, in both languages. */
class HelpTest {

    static List<Path> forms() {
        return TextFiles.files(TextFiles.RESOURCES, "/config.jelly").toList();
    }

    /** Pages of forms that have fields of their own. */
    static List<Path> pagesWithFields() {
        return TextFiles.files(TextFiles.RESOURCES, ".jelly")
                .filter(page -> !matches("\\bfield=\"(\\w+)\"", text(page)).isEmpty())
                .toList();
    }

    static List<Path> helps() {
        return TextFiles.originals(".html");
    }

    @Test
    void theFilesAreFound() {
        assertThat(forms()).hasSizeGreaterThan(4);
        assertThat(helps()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("pagesWithFields")
    void everyFieldHasHelp(Path form) {
        assertThat(matches("\\bfield=\"(\\w+)\"", text(form)))
                .isNotEmpty()
                .allSatisfy(field -> assertThat(inherited(TextFiles.owner(form), "help-" + field + ".html"))
                        .as(field)
                        .hasSize(1));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyStepHasHelp(Path form) {
        if (TextFiles.slashed(form).contains("/pipeline/")) {
            assertThat(form.resolveSibling("help.html")).exists();
        }
    }

    @ParameterizedTest
    @MethodSource("helps")
    void helpHasAnExampleAndTheSameInGerman(Path help) {
        assertThat(german(help)).exists();
        String english = text(help);
        String german = text(german(help));
        assertThat(german).isNotEqualTo(english);
        assertThat(english).containsAnyOf("or example", "<pre>");
        assertThat(german).containsAnyOf("um Beispiel", "<pre>");
        assertThat(matches("<code>([^<]+)</code>", english)).isEqualTo(matches("<code>([^<]+)</code>", german));
        for (String translation : List.of(english, german)) {
            assertThat(translation).startsWith("<div>\n").endsWith("</div>\n");
        }
    }

    @Test
    void everyGermanHelpTranslatesOne() {
        List<Path> translations = helps().stream().map(TextFiles::german).toList();
        assertThat(TextFiles.files(TextFiles.RESOURCES, "_de.html")).containsExactlyInAnyOrderElementsOf(translations);
    }

    /** The files of a name beside a class and those it extends. */
    private static List<Path> inherited(Class<?> type, String name) {
        List<Path> files = new ArrayList<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            Path file =
                    TextFiles.RESOURCES.resolve(c.getName().replace('.', '/')).resolve(name);
            if (Files.exists(file)) {
                files.add(file);
            }
        }
        return files;
    }
}
