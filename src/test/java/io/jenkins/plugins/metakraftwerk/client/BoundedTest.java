package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of others are kept in so many characters, and what differs goes on to differ. */
class BoundedTest {

    record Names(List<String> all) {}

    private static final String LONG = "x".repeat(11 * 1024 * 1024);

    @Test
    void whatIsShortStaysAsItIs() {
        for (String text : List.of("", "team-a/app #41", "x".repeat(255), "€\u202e\"\\  ")) {
            assertThat(Bounded.of(text)).isSameAs(text);
            assertThat(Bounded.isCut(text)).isFalse();
        }
        assertThat(Bounded.of(null)).isNull();
        assertThat(Bounded.reason(null)).isNull();
    }

    @Test
    void whatIsLongIsCutAndStaysDifferent() {
        String cut = Bounded.of(LONG);
        assertThat(cut)
                .hasSizeLessThanOrEqualTo(Bounded.MOST)
                .startsWith("xxxx")
                .contains("…#");
        assertThat(Bounded.isCut(cut)).isTrue();
        assertThat(Bounded.of(LONG + "y")).isNotEqualTo(cut);
        assertThat(Bounded.of("x".repeat(256))).isNotEqualTo(cut);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000", "a\u0085b", "bearer \n"})
    void controlCharactersAreLeftOut(String text) {
        assertThat(Bounded.of(text)).matches(".*…#[0-9a-f]{32}").isNotEqualTo(Bounded.of(text + "\n"));
        assertThat(Bounded.of(Bounded.of(text))).isEqualTo(Bounded.of(text));
        assertThat(Bounded.reason(text)).doesNotContainPattern("\\p{Cc}");
    }

    @Test
    void whatWasCutIsNotCutAgain() {
        for (String text : List.of(LONG, "😀".repeat(1000), "a" + "😀".repeat(1000), "bearer ".repeat(60))) {
            String cut = Bounded.of(text);
            assertThat(Bounded.of(cut)).isEqualTo(cut);
            assertThat(cut.codePoints()).as("no half characters").noneMatch(one -> one >= 0xd800 && one <= 0xdfff);
            assertThat(Bounded.name(Bounded.name(text))).isEqualTo(Bounded.name(text));
        }
    }

    @Test
    void ofReasonsAndListsTheBeginningIsKept() {
        assertThat(Bounded.reason(LONG)).hasSize(Bounded.REASON).endsWith("x…");
        assertThat(Bounded.reason("x".repeat(Bounded.REASON)))
                .hasSize(Bounded.REASON)
                .endsWith("x");
        assertThat(Bounded.names(List.of("alice", "bob"))).containsExactly("alice", "bob");
        assertThat(JsonLine.write(new Names(Bounded.names(Collections.nCopies(1_000_000, "\"")))))
                .hasSizeBetween(2_900, 3_100)
                .endsWith("\"…\"]}");
        assertThat(Bounded.sentences(Collections.nCopies(1_000, LONG)))
                .hasSize(15)
                .endsWith("…");
    }
}
