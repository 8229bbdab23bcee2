package io.jenkins.plugins.metakraftwerk.client;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Reads the expiry of a token without verifying the token: claim {@code exp}, RFC 7519, in seconds. */
final class Jwt {

    private record Claims(Double exp) {}

    private Jwt() {}

    /** Returns the expiry, or empty if the token is no JWT or has none. */
    static Optional<Instant> expiry(String token) {
        String[] segments = token.split("\\.", -1);
        if (segments.length != 3) {
            return Optional.empty();
        }
        try {
            Claims claims = Json.MAPPER.readValue(Base64.getUrlDecoder().decode(segments[1]), Claims.class);
            return claims == null || claims.exp() == null
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochSecond(claims.exp().longValue()));
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
