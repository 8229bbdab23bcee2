package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ProxyConfiguration;
import hudson.Util;
import hudson.util.Secret;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;

/**
 * Proxy of 'Manage Jenkins' as it is now. A changed setting makes an unequal value.
 *
 * <p>An HTTP client that has the log-in of the proxy as its authenticator drops our own Authorization header
 * (JDK-8326949, Java 17 and later; see the documentation of {@link ProxyConfiguration#newHttpClientBuilder}). It does
 * so even if there is a user and no proxy. So if there is a user, this class chooses the proxy and sends its header
 * with the request.
 */
record ProxySettings(
        @CheckForNull String host,
        int port,
        @CheckForNull String user,
        @CheckForNull Secret password,
        String exceptions) {

    static ProxySettings current() {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        return proxy == null
                ? new ProxySettings(null, 0, null, null, "")
                : new ProxySettings(
                        Util.fixEmptyAndTrim(proxy.getName()),
                        proxy.getPort(),
                        Util.fixEmptyAndTrim(proxy.getUserName()),
                        proxy.getSecretPassword(),
                        Util.fixNull(proxy.getNoProxyHost()));
    }

    /** Leaves out the log-in: a secret would show its plain text. */
    @Override
    public String toString() {
        return host + ":" + port;
    }

    HttpClient.Builder httpClientBuilder() {
        if (user == null) {
            return ProxyConfiguration.newHttpClientBuilder();
        }
        HttpClient.Builder builder = HttpClient.newBuilder();
        return host == null ? builder : builder.proxy(new Selector());
    }

    HttpRequest.Builder requestBuilder(URI uri) {
        HttpRequest.Builder request = ProxyConfiguration.newHttpRequestBuilder(uri);
        if (host != null && user != null && proxyFor(uri).type() != Proxy.Type.DIRECT) {
            String logIn = user + ":" + (password == null ? "" : password.getPlainText());
            request.setHeader(
                    "Proxy-Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(logIn.getBytes(StandardCharsets.UTF_8)));
        }
        return request;
    }

    private Proxy proxyFor(URI uri) {
        // Lower case, like the exceptions.
        return ProxyConfiguration.createProxy(uri.getHost().toLowerCase(Locale.ROOT), host, port, exceptions);
    }

    private final class Selector extends ProxySelector {
        @Override
        public List<Proxy> select(URI uri) {
            return List.of(proxyFor(uri));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // The request itself fails and tells why.
        }
    }
}
