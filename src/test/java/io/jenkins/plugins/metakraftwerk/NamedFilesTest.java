package io.jenkins.plugins.metakraftwerk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Constants that one class takes from another, however a source writes it. */
class NamedFilesTest {

    @TempDir
    Path sources;

    private void source(String name, String text) throws Exception {
        Files.writeString(sources.resolve(name + ".java"), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "package a; class Taker { int most = Giver.MOST; }",
                "package b; import a.Giver; class Taker { int most = Giver.MOST; }",
                "package b; import a.*; class Taker { int most = Giver.MOST; }",
                "package b; import static a.Giver.MOST; class Taker { int most = MOST; }",
                "package b; import static a.Giver.*; class Taker { int most = MOST; }",
                "package b; class Taker { int most = a.Giver.MOST; }",
                "package a; class Taker { @SuppressWarnings(Giver.TEXT) void take() {} }"
            })
    void aConstantIsSeen(String taker) throws Exception {
        source("Giver", "package a; public class Giver { public static final int MOST = 7; }");
        source("Taker", taker);
        Map<String, Set<String>> named = NamedFiles.in(sources);
        assertThat(named.get("a.Giver")).isEmpty();
        assertThat(named.entrySet().stream()
                        .filter(file -> file.getKey().endsWith(".Taker"))
                        .map(Map.Entry::getValue))
                .containsExactly(Set.of("a.Giver"));
    }

    @Test
    void whatIsNamedInCommentsOnlyIsNotNeeded() throws Exception {
        source("Giver", "package a; public class Giver {}");
        source("Taker", "package a; /** As {@link Giver}. */ class Taker {} // Giver");
        assertThat(NamedFiles.in(sources).get("a.Taker")).isEmpty();
    }
}
