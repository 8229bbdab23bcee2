package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text that is asked for exists, every text that exists is asked for, and each gets the words it mentions. */
class TextsTest {

    private static final Pattern KEY = Pattern.compile("\"([a-z]+(?:\\.[a-zA-Z0-9]+)*)\"");
    private static final Pattern USE = Pattern.compile("\\bText\\s*\\.of\\(\\s*\"([^\"]+)\"\\s*([,)+])");
    private static final Pattern PREFIX = Pattern.compile("\"([a-z]+\\.)\"\\s*\\+");
    private static final ResourceBundle TEXTS =
            ResourceBundle.getBundle("io.jenkins.plugins.metakraftwerk.client.Texts");

    /** The sources of the plugin, whichever of its two builds runs this. */
    private static Path sources() {
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            Path sources = up.resolve("src/main/java/io/jenkins/plugins/metakraftwerk");
            if (Files.isDirectory(sources)) {
                return sources;
            }
        }
        throw new AssertionError("No sources above " + Path.of("").toAbsolutePath());
    }

    private static Map<Path, String> read() throws IOException {
        Map<Path, String> code = new TreeMap<>();
        try (Stream<Path> files = Files.walk(sources())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                code.put(file.getFileName(), Files.readString(file));
            }
        }
        return code;
    }

    private static Set<String> matches(Pattern pattern, String code) {
        Set<String> found = new TreeSet<>();
        for (Matcher matcher = pattern.matcher(code); matcher.find(); ) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void everyUsedKeyExists() throws IOException {
        read().forEach((file, code) -> {
            for (Matcher use = USE.matcher(code); use.find(); ) {
                if (use.group(2).equals("+")) {
                    assertThat(TEXTS.keySet())
                            .as(file + ": " + use.group())
                            .anyMatch(key -> key.startsWith(use.group(1)));
                } else {
                    assertThat(TEXTS.keySet()).as(file.toString()).contains(use.group(1));
                }
            }
        });
    }

    @Test
    void everyKeyIsUsed() throws IOException {
        String code = String.join("\n", read().values());
        Set<String> used = matches(KEY, code);
        Set<String> prefixes = matches(PREFIX, code);
        assertThat(TEXTS.keySet())
                .allMatch(key -> used.contains(key) || prefixes.stream().anyMatch(key::startsWith));
    }

    @Test
    void everyUseGivesTheWordsThatTheTextMentions() throws IOException {
        String code = String.join("\n", read().values());
        for (Matcher use = USE.matcher(code); use.find(); ) {
            if (!use.group(2).equals("+")) {
                int given = arguments(code, use.end() - 1);
                int mentioned = new MessageFormat(TEXTS.getString(use.group(1))).getFormatsByArgumentIndex().length;
                assertThat(given).as(use.group()).isEqualTo(mentioned);
            }
        }
    }

    /** How many arguments follow the key, from the comma or bracket after it. */
    private static int arguments(String code, int from) {
        int depth = 1;
        int commas = 0;
        boolean quoted = false;
        for (int i = from; depth > 0; i++) {
            char c = code.charAt(i);
            quoted ^= c == '"';
            if (!quoted) {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                commas += c == ',' && depth == 1 ? 1 : 0;
            }
        }
        return commas;
    }

    @Test
    void numbersAreShownAsIdsAre() {
        assertThat(Text.forKey("abort.created", 1234567L).in(Locale.GERMAN)).contains(" 1234567 ");
    }

    @Test
    void wordsAreNotReadAsPatterns() {
        assertThat(Text.forKey("field.missing", "{0} '{1}'")).hasToString("{0} '{1}' is missing.");
    }
}
