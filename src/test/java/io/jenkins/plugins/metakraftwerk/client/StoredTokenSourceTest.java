package io.jenkins.plugins.metakraftwerk.client;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.failure;
import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stored token is sent as it is; what is wrong with it is told without showing it. */
class StoredTokenSourceTest {

    @AutoClose
    private final StandInServer server = StandInServer.start();

    private MetaKraftwerkException post(String token) {
        MetaKraftwerkException failure = failure(TestClients.create(TestClients.withToken(server.url(), token)));
        assertThat(failure.retryable()).isFalse();
        if (token != null && !token.isBlank()) {
            assertThat(failure).hasMessageNotContaining(token.strip());
        }
        return failure;
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", " %s\n", "Bearer %s", "bearer   %s\r\n"})
    void aTokenMayBePastedWithWhatSurroundsIt(String form) {
        var client = TestClients.withToken(server.url(), form.formatted(server.token()));
        assertThat(get(client::patterns)).isNotEmpty();
        assertThat(server.requests().get(0).header("Authorization")).isEqualTo("Bearer " + server.token());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \n", "two words", "line\nbreak", "\u0000", "schlüssel", "a\r\nX-Evil: 1"})
    void aTextThatCannotBeATokenIsNotSent(String token) {
        MetaKraftwerkException failure = post(token);
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(failure).hasMessageContaining("Secret text").hasMessageNotContaining("Evil");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aRefusedTokenIsSentOnce() {
        MetaKraftwerkException failure = post("opaque-token-4711");
        assertThat(failure.effect()).isEqualTo(Effect.REFUSED);
        assertThat(failure.status()).hasValue(401);
        assertThat(failure.serverMessage()).isEqualTo("Not authenticated");
        assertThat(failure)
                .hasMessageContaining(server.url())
                .hasMessageContaining("401: Not authenticated")
                .hasMessageContaining("store a new one in the credential");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anExpiredTokenSaysWhen() {
        Instant expiry = Instant.parse("2024-02-29T12:34:56Z");
        String token = StandInServer.jwt("{\"exp\":" + expiry.getEpochSecond() + "}");
        assertThat(post(token)).hasMessageContaining("expired or expires at 2024-02-29T12:34:56Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"exp\":null}",
                "{\"exp\":\"soon\"}",
                "{\"exp\":1e300}",
                "[]",
                "null",
                "no json",
                "{\"exp\":[]}"
            })
    void aTokenThatDoesNotSayWhenItExpires(String claims) {
        assertThat(post(StandInServer.jwt(claims))).hasMessageContaining("wrong or has expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b.c", "..", "a.!.c", "a.b.c.d", "a..c"})
    void aTokenThatIsNoJwt(String token) {
        assertThat(post(token)).hasMessageContaining("wrong or has expired");
    }

    @Test
    void aTokenThatCannotBeReadFailsTheCall() {
        var broken = new StoredTokenSource(() -> {
            throw new IllegalStateException("secret");
        });
        var client = new MetaKraftwerkClient(TestClients.transport(server.url()), broken);
        MetaKraftwerkException failure = failure(TestClients.create(client));
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(failure).hasMessageNotContaining("secret");
    }
}
