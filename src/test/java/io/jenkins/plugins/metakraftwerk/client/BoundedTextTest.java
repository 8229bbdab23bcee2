package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of others are kept in so many characters, and what differs goes on to differ. */
class BoundedTextTest {

    record Names(List<String> all) {}

    private static final String LONG = "x".repeat(11 * 1024 * 1024);

    @Test
    void whatIsShortStaysAsItIs() {
        for (String text : List.of("", "team-a/app #41", "x".repeat(255), "€\u202e\"\\  ")) {
            assertThat(BoundedText.shorten(text)).isSameAs(text);
            assertThat(BoundedText.isCut(text)).isFalse();
        }
        assertThat(BoundedText.shorten(null)).isNull();
        assertThat(BoundedText.reason(null)).isNull();
    }

    @Test
    void whatIsLongIsCutAndStaysDifferent() {
        String cut = BoundedText.shorten(LONG);
        assertThat(cut)
                .hasSizeLessThanOrEqualTo(BoundedText.MOST)
                .startsWith("xxxx")
                .contains("…#");
        assertThat(BoundedText.isCut(cut)).isTrue();
        assertThat(BoundedText.shorten(LONG + "y")).isNotEqualTo(cut);
        assertThat(BoundedText.shorten("x".repeat(256))).isNotEqualTo(cut);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000", "a\u0085b", "bearer \n"})
    void controlCharactersAreLeftOut(String text) {
        assertThat(BoundedText.shorten(text))
                .matches(".*…#[0-9a-f]{32}")
                .isNotEqualTo(BoundedText.shorten(text + "\n"));
        assertThat(BoundedText.shorten(BoundedText.shorten(text))).isEqualTo(BoundedText.shorten(text));
        assertThat(BoundedText.reason(text)).doesNotContainPattern("\\p{Cc}");
    }

    @Test
    void whatWasCutIsNotCutAgain() {
        for (String text : List.of(LONG, "😀".repeat(1000), "a" + "😀".repeat(1000), "bearer ".repeat(60))) {
            String cut = BoundedText.shorten(text);
            assertThat(BoundedText.shorten(cut)).isEqualTo(cut);
            assertThat(cut.codePoints()).as("no half characters").noneMatch(one -> one >= 0xd800 && one <= 0xdfff);
            assertThat(BoundedText.name(BoundedText.name(text))).isEqualTo(BoundedText.name(text));
        }
    }

    @Test
    void ofReasonsAndListsTheBeginningIsKept() {
        assertThat(BoundedText.reason(LONG)).hasSize(BoundedText.REASON).endsWith("x…");
        assertThat(BoundedText.reason("x".repeat(BoundedText.REASON)))
                .hasSize(BoundedText.REASON)
                .endsWith("x");
        assertThat(BoundedText.names(List.of("alice", "bob"))).containsExactly("alice", "bob");
        assertThat(JsonLine.write(new Names(BoundedText.names(Collections.nCopies(1_000_000, "\"")))))
                .hasSizeBetween(2_900, 3_100)
                .endsWith("\"…\"]}");
        assertThat(BoundedText.sentences(Collections.nCopies(1_000, LONG)))
                .hasSize(15)
                .endsWith("…");
    }
}
