package io.jenkins.plugins.metakraftwerk.client;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A token that somebody made elsewhere and stored. If it is refused, only a person can bring another. */
public final class StoredTokenSource implements TokenSource {

    private static final Pattern PASTED_PREFIX = Pattern.compile("(?i)^bearer\\s+");
    private static final Pattern USABLE = Pattern.compile("[\\x21-\\x7e]+");

    private final Supplier<String> stored;

    /** @param stored reveals the token; asked for each call, so that the plain text is held no longer than needed */
    public StoredTokenSource(Supplier<String> stored) {
        this.stored = stored;
    }

    /**
     * Returns the stored token. Fails if the text cannot be a token, since the HTTP client would quote it in its own
     * error message.
     */
    @Override
    public String token() throws MetaKraftwerkException {
        String raw = stored.get();
        String token = raw == null ? "" : PASTED_PREFIX.matcher(raw.strip()).replaceFirst("");
        if (!USABLE.matcher(token).matches()) {
            throw MetaKraftwerkException.refusedLocally(Text.forKey("token.unusable"));
        }
        return token;
    }

    @Override
    public Optional<String> renew(String refused) {
        return Optional.empty();
    }

    @Override
    public String secret() {
        return null;
    }

    @Override
    public Text advice(String refused) {
        return Jwt.expiry(refused)
                .map(expiry -> Text.forKey("advice.401.expiry", expiry.toString()))
                .orElseGet(() -> Text.forKey("advice.401.token"));
    }
}
