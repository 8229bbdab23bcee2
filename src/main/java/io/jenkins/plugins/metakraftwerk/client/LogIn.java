package io.jenkins.plugins.metakraftwerk.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Logs in with e-mail and password and keeps the token until shortly before its own {@code exp}. Any number of calls at
 * once share one log-in.
 */
public final class LogIn implements Authenticator {

    /** A token is replaced this long before it expires, so that it does not expire on its way. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    // lgtm[jenkins/plaintext-storage] It is in memory only, until it is sent.
    private record Asked(String strategy, String email, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Asked";
        }
    }

    // lgtm[jenkins/plaintext-storage] It is in memory only, until its token is handed on.
    private record Brought(@JsonProperty("accessToken") String accessToken) {
        private Brought {
            Required.name("accessToken", accessToken);
        }

        /** Without the token. */
        @Override
        public String toString() {
            return "Brought";
        }
    }

    private final Transport transport;
    private final String email;
    private final Supplier<String> password;
    private final Timing timing;

    /** The log-in that runs or whose token is in use; guarded by this. */
    private CompletableFuture<String> current;

    /** @param password reveals the password; asked for each call, so that the plain text is held no longer than needed */
    public LogIn(Transport transport, String email, Supplier<String> password, Timing timing) {
        this.transport = transport;
        this.email = Objects.requireNonNullElse(email, "");
        this.password = password;
        this.timing = timing;
    }

    @Override
    public synchronized CompletableFuture<String> token() {
        if (current == null || current.isCompletedExceptionally() || (current.isDone() && expires(current.join()))) {
            current = logIn();
        }
        // A copy, so that a caller who gives up does not cancel the log-in of the others.
        return current.copy();
    }

    private boolean expires(String token) {
        Optional<Instant> expiry = Jwt.expiry(token);
        return expiry.isPresent() && !timing.now().plus(MARGIN).isBefore(expiry.get());
    }

    @Override
    public synchronized Optional<CompletableFuture<String>> renew(String refused) {
        if (current != null
                && current.isDone()
                && !current.isCompletedExceptionally()
                && refused.equals(current.join())) {
            current = null;
        }
        return Optional.of(token());
    }

    @Override
    public String secret() {
        return Objects.requireNonNullElse(password.get(), "");
    }

    @Override
    public Text advice(String refused) {
        return Text.of("advice.401.login");
    }

    private CompletableFuture<String> logIn() {
        String secret = secret();
        var asked = new Asked("local", email, secret);
        var request = new Request("POST", transport.server().logIn(), asked, null, Transport.ANSWER_TIMEOUT, secret);
        return transport.send(
                request,
                answer -> new WholeBody<>(
                        answer, body -> answer.read(body, Brought.class).accessToken()));
    }
}
