package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a server says can do more in a log than be read. */
class RemoteTextTest {

    private static final String JWT = StandInServer.jwt("{\"sub\":\"x\"}");

    @ParameterizedTest
    @CsvSource({
        "'a\u001b[31;1mred\u001b[0mb', aredb",
        "'a\u001b[2J\u001b[Hb', ab",
        "'a\u001bcb', a cb",
        "'a\u202eb\u2066c\u200bd\ufeffe\u00adf', abcdef",
        "'a\r\nb\tc\u2028d\u2029e\u0085f', a b c d e f",
        "'a\u0000\u0007\u007f\u009bb', a b",
        "'  a   b  ', a b",
        "'Käufer \"A\" <b>&/+?', 'Käufer \"A\" <b>&/+?'",
        "'数据 😀 é', '数据 😀 é'",
    })
    void cleaned(String raw, String shown) {
        assertThat(RemoteText.message(raw)).isEqualTo(shown);
        assertThat(RemoteText.name(raw)).isEqualTo(shown);
    }

    @Test
    void nothingStaysNothing() {
        assertThat(RemoteText.message(null)).isEmpty();
        assertThat(RemoteText.name(null)).isEmpty();
        assertThat(RemoteText.message(" \u001b[0m\u200b\n")).isEmpty();
    }

    @Test
    void longTextsAreCut() {
        assertThat(RemoteText.message("x".repeat(10_000))).hasSize(255).endsWith("x…");
        assertThat(RemoteText.message("x".repeat(255))).hasSize(255).endsWith("x");
        assertThat(RemoteText.name("x".repeat(10_000))).hasSize(200).endsWith("x…");
        assertThat(RemoteText.message("\u0000".repeat(10_000_000))).isEmpty();
    }

    @Test
    void aCutSplitsNoCharacter() {
        for (String start : new String[] {"", "x"}) {
            String cut = RemoteText.message(start + "😀".repeat(1000));
            assertThat(cut).doesNotContainPattern("\\p{Cs}").hasSizeBetween(254, 255);
        }
    }

    @Test
    void loneSurrogatesAreRemoved() {
        assertThat(RemoteText.message("a\ud83db\ude00c")).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token %s expired", "'%s'", "Bearer %s", "bearer: %s", "https://x/?token=%s&y", "a%sb"})
    void tokensAreMasked(String form) {
        String shown = RemoteText.message(form.formatted(JWT));
        assertThat(shown).contains("****");
        for (String part : JWT.split("\\.")) {
            assertThat(shown).doesNotContain(part);
        }
    }

    @Test
    void halfATokenIsMaskedToo() {
        assertThat(RemoteText.message("x " + JWT.substring(0, 20))).isEqualTo("x ****");
        String cut = RemoteText.message("x".repeat(235) + " " + JWT);
        assertThat(cut).doesNotContain("eyJ");
    }

    @Test
    void secretsAreMaskedHoweverTheyAreHidden() {
        assertThat(RemoteText.message("a s3cret b", "s3cret")).isEqualTo("a **** b");
        assertThat(RemoteText.message("a s3\u200bcret b", "s3cret")).isEqualTo("a **** b");
        assertThat(RemoteText.message("a s3\u001b[0mcret b", "s3cret")).isEqualTo("a **** b");
        assertThat(RemoteText.message("two  words", "two  words")).isEqualTo("****");
        assertThat(RemoteText.message("a b", "", null, " ")).isEqualTo("a b");
        assertThat(RemoteText.message("Bearer abc.def")).isEqualTo("****");
    }
}
