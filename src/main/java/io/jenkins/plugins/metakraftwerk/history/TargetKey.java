package io.jenkins.plugins.metakraftwerk.history;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where something is deployed: a server, a pattern and a deployment, by their ids; by their names where no id was ever known.
 *
 * @param serverUrl in its normal form
 * @param pattern {@code #} and the id, or the name
 * @param deployment likewise
 */
public record TargetKey(String serverUrl, String pattern, String deployment) {

    private static final int SHOWN_DIGITS = 16;

    /** As it stands in a URL, where names would break at proxies: the first 16 hex digits of its SHA-256. */
    public String hash() {
        try {
            byte[] text = toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text))
                    .substring(0, SHOWN_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return serverUrl + "\n" + pattern + "\n" + deployment;
    }
}
