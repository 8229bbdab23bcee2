package io.jenkins.plugins.metakraftwerk.standin;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Accounts, and the tokens that a stand-in server accepts. Its tokens are JWTs in form only: nothing is signed. */
final class StandInTokens {

    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Map<String, Instant> accepted = new ConcurrentHashMap<>();
    private final AtomicLong issued = new AtomicLong();
    private volatile Clock clock = Clock.systemUTC();
    private volatile Duration life = Duration.ofDays(1);

    StandInTokens(String ready) {
        accepted.put(ready, Instant.MAX);
    }

    void account(String email, String password) {
        passwords.put(email, password);
    }

    void life(Duration life) {
        this.life = life;
    }

    void clock(Clock clock) {
        this.clock = clock;
    }

    void accept(String token) {
        accepted.put(token, Instant.MAX);
    }

    void refuse(String token) {
        accepted.remove(token);
    }

    /** Makes all tokens from log-ins expire. */
    void expire() {
        accepted.values().removeIf(end -> !end.equals(Instant.MAX));
    }

    String logIn(String email, String password) {
        if (password == null || !password.equals(passwords.get(email))) {
            throw new ApiError(401, "Invalid login");
        }
        Instant end = clock.instant().plus(life);
        String token = jwt("{\"exp\":" + end.getEpochSecond() + ",\"jti\":\"" + issued.incrementAndGet() + "\"}");
        accepted.put(token, end);
        return token;
    }

    void check(String authorization) {
        String token = authorization == null ? "" : authorization.replaceFirst("^Bearer ", "");
        Instant end = accepted.get(token);
        if (end == null || !clock.instant().isBefore(end)) {
            throw new ApiError(401, "Not authenticated");
        }
    }

    static String jwt(String claims) {
        return encode("{\"alg\":\"HS256\",\"typ\":\"access\"}") + "." + encode(claims) + "."
                + encode("stand-in-" + Integer.toHexString(claims.hashCode()) + "-signature");
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
