package io.jenkins.plugins.metakraftwerk.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Logs in with e-mail and password, and keeps the token until shortly before its own {@code exp}. Calls at the same
 * time share one log-in.
 */
public final class LogInTokenSource implements TokenSource {

    /** A token is replaced this long before it expires, so that it does not expire on its way. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    // lgtm[jenkins/plaintext-storage] It is in memory only, until it is sent.
    private record LogInRequest(String strategy, String email, String password) {
        /** Leaves out the password. */
        @Override
        public String toString() {
            return "LogInRequest";
        }
    }

    // lgtm[jenkins/plaintext-storage] It is in memory only, until its token is handed on.
    private record LogInResponse(
            @JsonProperty("accessToken") String accessToken) {
        private LogInResponse {
            RequiredFields.name("accessToken", accessToken);
        }

        /** Leaves out the token. */
        @Override
        public String toString() {
            return "LogInResponse";
        }
    }

    // lgtm[jenkins/plaintext-storage] It is in memory only, until it is handed on.
    private record Token(String text, Optional<Instant> expiry) {
        private static Token from(LogInResponse response) {
            return new Token(response.accessToken(), Jwt.expiry(response.accessToken()));
        }

        /** Leaves out the token. */
        @Override
        public String toString() {
            return "Token";
        }
    }

    private final HttpTransport transport;
    private final String email;
    private final Supplier<String> password;
    private final Timing timing;

    private final Lock lock = new ReentrantLock();

    /** The log-in that is running, or whose token is in use. Guarded by the lock. */
    private Future<Token> current;

    /**
     * @param password reveals the password; asked for each call, so that the plain text is held no longer than needed
     */
    public LogInTokenSource(HttpTransport transport, String email, Supplier<String> password, Timing timing) {
        this.transport = transport;
        this.email = Objects.requireNonNullElse(email, "");
        this.password = password;
        this.timing = timing;
    }

    @Override
    public String token() throws MetaKraftwerkException, InterruptedException {
        return VirtualThreadWaits.await(shared(null)).text();
    }

    @Override
    public Optional<String> renew(String refused) throws MetaKraftwerkException, InterruptedException {
        return Optional.of(VirtualThreadWaits.await(shared(refused)).text());
    }

    /**
     * Returns the current log-in, or begins a new one.
     *
     * @param refused a token that the server refused; its log-in is not used again; null for none
     */
    private Future<Token> shared(String refused) {
        lock.lock();
        try {
            if (current == null || (current.isDone() && !isUsable(current, refused))) {
                // On a thread that nobody interrupts: a caller who gives up must not end the log-in of the others.
                current = VirtualThreads.begin(Runnable::run, this::logIn);
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private boolean isUsable(Future<Token> logIn, String refused) {
        return logIn.state() == Future.State.SUCCESS
                && !logIn.resultNow().text().equals(refused)
                && !expires(logIn.resultNow());
    }

    private boolean expires(Token token) {
        Optional<Instant> expiry = token.expiry();
        return expiry.isPresent() && !timing.now().plus(MARGIN).isBefore(expiry.get());
    }

    @Override
    public String secret() {
        return Objects.requireNonNullElse(password.get(), "");
    }

    @Override
    public Text advice(String refused) {
        return Text.forKey("advice.401.login");
    }

    private Token logIn() throws MetaKraftwerkException, InterruptedException {
        String secret = secret();
        var body = new LogInRequest("local", email, secret);
        var request =
                new ApiRequest("POST", transport.server().logIn(), body, null, HttpTransport.ANSWER_TIMEOUT, secret);
        return transport.send(
                request,
                response -> new WholeBodyParser<>(
                        response, content -> Token.from(response.read(content, LogInResponse.class))));
    }
}
