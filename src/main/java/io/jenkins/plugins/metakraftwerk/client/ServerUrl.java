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
 * The address of a MetaKraftwerk server: {@code http} or {@code https}, a host, and no part that could send a token
 * elsewhere. The API is below it at {@code /api/v1}, and the log-in beside that at {@code /authentication}.
 */
public final class ServerUrl {

    /** The vendor's own server. */
    public static final String DEFAULT = "https://app.metakraftwerk.com";

    static final String API = "/api/v1";

    /** A host that some name services take for an IP address written as one number. */
    private static final Pattern NUMBER = Pattern.compile("([0-9]+|0[xX][0-9a-fA-F]*)\\.?");

    private final URI uri;

    /** An address without its scheme, as people often write it. */
    private static final Pattern BARE_HOST = Pattern.compile("[\\w-]+(\\.[\\w-]+)*(:\\d+)?(/\\S*)?");

    private ServerUrl(URI uri) {
        this.uri = uri;
    }

    /**
     * Parses an address as a person typed it. Addresses of the same server are equal, since parts that do not matter
     * are dropped: upper case in the host, the default port, a trailing slash.
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
            // Does not quote the text, which may be a token in the wrong field.
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

    /**
     * True for a link-local address. Clouds serve the machine's own secrets there, and no MetaKraftwerk server is
     * there.
     */
    private static boolean isLinkLocal(String host) {
        // Checks literal addresses only: a typed name is not looked up.
        if (!host.startsWith("[") && !host.matches("[0-9.]+")) {
            return false;
        }
        try {
            return InetAddress.getByName(host).isLinkLocalAddress();
        } catch (UnknownHostException e) {
            // It names a network interface that this machine does not have. Only link-local addresses name one.
            return true;
        }
    }

    private static MetaKraftwerkException refused(String key) {
        return MetaKraftwerkException.refusedLocally(Text.forKey(key, DEFAULT));
    }

    /** True if others can read the traffic on its way. */
    public boolean isPlainHttp() {
        return "http".equals(uri.getScheme());
    }

    /** Returns the text for the server, which shows its address until it gets a name. */
    Text text() {
        return Text.forKey(Text.SERVER, uri.toString());
    }

    URI logIn() {
        return URI.create(uri + "/authentication");
    }

    /**
     * Returns an address of the API.
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

    /** Encodes a space as %20 and not as {@code +}, since every parser of queries understands that. */
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

    /** Returns the address without a trailing slash. */
    @Override
    public String toString() {
        return uri.toString();
    }
}
