package io.jenkins.plugins.metakraftwerk.form;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Util;
import java.util.LinkedHashSet;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Build variables are read as Jenkins replaces them, whatever somebody writes. */
class MacrosTest {

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.strings().withChars("$${}ab_1. ä-").ofMaxLength(12);
    }

    @Property(tries = 20_000)
    void thereAreTheVariablesThatJenkinsAsksFor(@ForAll("text") String text) {
        Set<String> asked = new LinkedHashSet<>();
        Util.replaceMacro(text, name -> {
            asked.add(name);
            return null;
        });
        Set<String> found = new LinkedHashSet<>(Macros.names(text));
        found.remove("${");
        assertThat(found).isEqualTo(asked);
    }

    @Property(tries = 20_000)
    void anEscapedNameIsThatName(@ForAll("text") String name) {
        String stored = Macros.escape(name);
        assertThat(Macros.hasVariable(stored)).isFalse();
        assertThat(Macros.literal(stored)).isEqualTo(name);
        assertThat(Util.replaceMacro(stored, variable -> "replaced")).isEqualTo(name);
    }

    @Test
    void whatOnlyLooksLikeAVariableIsOneThatNobodyKnows() {
        assertThat(Macros.names("${}")).containsExactly("${");
        assertThat(Macros.names("a${B-C}$D")).containsExactly("${", "D");
        assertThat(Macros.names("$${A}$$B 5$ $-")).isEmpty();
    }
}
