package io.jenkins.plugins.metakraftwerk.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The address of a MetaKraftwerk server: {@code http} or {@code https}, a host, and nothing that would send a token
 * elsewhere. The API lives below it at {@code /api/v1}, the log-in beside that at {@code /authentication}.
 */
public final class ServerUrl {

    /** The vendor's own server. */
    public static final String DEFAULT = "https://app.metakraftwerk.com";

    static final String API = "/api/v1";

    /** A host that some name services take for an address in disguise. */
    private static final Pattern NUMBER = Pattern.compile("([0-9]+|0[xX][0-9a-fA-F]*)\\.?");

    private final URI uri;

    /** As people write it who leave out the scheme. */
    private static final Pattern BARE_HOST = Pattern.compile("[\\w-]+(\\.[\\w-]+)*(:\\d+)?(/\\S*)?");

    private ServerUrl(URI uri) {
        this.uri = uri;
    }

    /**
     * Reads an address as a person typed it. Addresses of the same server are equal: what does not matter, upper case
     * in the host, the port that is meant anyway, and a trailing slash, is dropped.
     *
     * @throws MetaKraftwerkException not sent, if it is no usable address
     */
    public static ServerUrl parse(String typed) throws MetaKraftwerkException {
        String stripped = typed == null ? "" : typed.strip();
        if (stripped.length() > FieldLimits.URL) {
            throw MetaKraftwerkException.refusedLocally(Text.forKey("url.tooLong", FieldLimits.URL));
        }
        String trimmed = stripped.replaceAll("/+$", "");
        if (trimmed.isEmpty()) {
            throw refused("url.missing");
        }
        if (BARE_HOST.matcher(trimmed).matches()) {
            // Without what was typed, which may be a token in the wrong field.
            throw refused("url.noScheme");
        }
        URI uri;
        try {
            uri = new URI(trimmed);
        } catch (URISyntaxException e) {
            throw refused("url.syntax");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw refused("url.scheme");
        }
        if (uri.getHost() == null
                || uri.getPort() > 65535
                || NUMBER.matcher(uri.getHost()).matches()) {
            throw refused("url.syntax");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused("url.extras");
        }
        if (isLinkLocal(uri.getHost())) {
            throw refused("url.linkLocal");
        }
        if (uri.getRawPath().endsWith(API)) {
            throw refused("url.api");
        }
        boolean implied = uri.getPort() == (scheme.equals("https") ? 443 : 80) || uri.getPort() == -1;
        String host = uri.getHost().toLowerCase(Locale.ROOT) + (implied ? "" : ":" + uri.getPort());
        return new ServerUrl(URI.create(scheme + "://" + host + uri.getRawPath()));
    }

    /** Link-local addresses are where clouds keep the machine's own secrets; no MetaKraftwerk server is there. */
    private static boolean isLinkLocal(String host) {
        // Only a literal address is looked at: a name is not asked for just because somebody typed it.
        if (!host.startsWith("[") && !host.matches("[0-9.]+")) {
            return false;
        }
        try {
            return InetAddress.getByName(host).isLinkLocalAddress();
        } catch (UnknownHostException e) {
            // A network interface that this machine does not have; no other address names one.
            return true;
        }
    }

    private static MetaKraftwerkException refused(String key) {
        return MetaKraftwerkException.refusedLocally(Text.forKey(key, DEFAULT));
    }

    /** Whether what is sent there can be read on the way. */
    public boolean isPlainHttp() {
        return "http".equals(uri.getScheme());
    }

    /** How a text names the server, until somebody gives it a name. */
    Text text() {
        return Text.forKey(Text.SERVER, uri.toString());
    }

    URI logIn() {
        return URI.create(uri + "/authentication");
    }

    /**
     * An address of the API.
     *
     * @param path starts with a slash
     * @param query parameters, encoded here; those with a null value are left out
     */
    URI api(String path, Map<String, ?> query) {
        String parameters = query.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(String.valueOf(parameter.getValue())))
                .collect(Collectors.joining("&"));
        return URI.create(uri + API + path + (parameters.isEmpty() ? "" : "?" + parameters));
    }

    /** A space becomes %20, which every parser of queries understands, not {@code +}. */
    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerUrl that && uri.equals(that.uri);
    }

    @Override
    public int hashCode() {
        return Objects.hash(uri);
    }

    /** The address without a trailing slash. */
    @Override
    public String toString() {
        return uri.toString();
    }
}
