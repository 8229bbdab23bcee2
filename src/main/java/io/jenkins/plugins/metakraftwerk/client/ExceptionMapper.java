package io.jenkins.plugins.metakraftwerk.client;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import java.io.IOException;
import java.io.Serializable;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Makes a failure of an exception: its effect on the request, and a text for people. Other classes need not know
 * exceptions of the HTTP client.
 */
final class ExceptionMapper {

    private ExceptionMapper() {}

    /** Makes the failure for a refused token, with advice for its owner. */
    static MetaKraftwerkException refusedToken(ServerUrl server, MetaKraftwerkException refused, Text advice) {
        return new MetaKraftwerkException(
                Effect.REFUSED,
                false,
                401,
                null,
                refused.serverMessage(),
                Text.forKey("token.refused", server.text(), refused.serverMessage(), advice));
    }

    /**
     * Makes the failure for a call that ended without a response.
     *
     * @param proxy the proxy, if any
     */
    static MetaKraftwerkException ofCall(
            ServerUrl server, ApiRequest request, Optional<InetSocketAddress> proxy, Throwable failure) {
        if (failure instanceof MetaKraftwerkException known) {
            return known;
        }
        Text serverText = server.text();
        if (failure instanceof CancellationException) {
            return new MetaKraftwerkException(
                    Effect.UNKNOWN, false, Text.forKey("call.cancelled", serverText, request.toString()));
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return new MetaKraftwerkException(Effect.NOT_SENT, true, Text.forKey("call.connectTimeout", serverText));
        }
        if (failure instanceof HttpTimeoutException) {
            return timeout(server, request.toString(), request.timeout());
        }
        boolean unknownHost =
                hasCause(failure, UnresolvedAddressException.class) || hasCause(failure, UnknownHostException.class);
        if (proxy.isPresent() && (unknownHost || failure instanceof ConnectException)) {
            String shown = proxy.get().getHostString() + ":" + proxy.get().getPort();
            return new MetaKraftwerkException(Effect.NOT_SENT, true, Text.forKey("call.noProxy", serverText, shown));
        }
        if (unknownHost) {
            return new MetaKraftwerkException(
                    Effect.NOT_SENT,
                    true,
                    Text.forKey("call.unknownHost", serverText, request.uri().getHost()));
        }
        if (failure instanceof ConnectException) {
            return new MetaKraftwerkException(Effect.NOT_SENT, true, Text.forKey("call.refused", serverText));
        }
        // After the handshake the request is on its way. A TLS failure is then like any other broken connection.
        if (hasCause(failure, SSLHandshakeException.class) || isNoTls(failure)) {
            return new MetaKraftwerkException(Effect.NOT_SENT, false, Text.forKey(tls(failure), serverText));
        }
        if (failure instanceof IOException
                && String.valueOf(failure.getMessage()).startsWith("Tunnel failed")) {
            return new MetaKraftwerkException(Effect.NOT_SENT, false, Text.forKey("call.proxy", serverText));
        }
        if (failure instanceof IOException) {
            return new MetaKraftwerkException(
                    Effect.UNKNOWN, true, Text.forKey("call.broken", serverText, request.toString()));
        }
        // Other exceptions of the HTTP client are about the request, for example a header that cannot be sent. They do
        // not tell secrets.
        return broken(server, request.toString(), failure);
    }

    /**
     * Makes the failure for a fault of this program or of its environment. It says nothing about a request that is on
     * its way.
     */
    static MetaKraftwerkException broken(ServerUrl server, String request, Throwable failure) {
        return new MetaKraftwerkException(
                Effect.UNKNOWN,
                false,
                Text.forKey(
                        "call.failed",
                        server.text(),
                        request,
                        failure.getClass().getSimpleName()));
    }

    static MetaKraftwerkException timeout(ServerUrl server, String request, Duration limit) {
        return new MetaKraftwerkException(
                Effect.UNKNOWN, true, Text.forKey("call.timeout", server.text(), request, limit.toSeconds()));
    }

    private static String tls(Throwable failure) {
        if (hasCause(failure, CertificateExpiredException.class)
                || hasCause(failure, CertificateNotYetValidException.class)) {
            return "tls.expired";
        }
        if (hasCause(failure, CertPathBuilderException.class)) {
            return "tls.untrusted";
        }
        if (isNoTls(failure)) {
            return "tls.plain";
        }
        String message = String.valueOf(failure.getMessage());
        return message.contains("subject alternative") || message.contains("No name matching")
                ? "tls.wrongHost"
                : "tls.failed";
    }

    /** True if the first response to the handshake was not TLS. Java has no exception type for that. */
    private static boolean isNoTls(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException
                    && String.valueOf(cause.getMessage()).matches("(?i).*unrecognized SSL message.*")) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Makes the failure for a 2xx response that would be just as useless if requested again. */
    static MetaKraftwerkException unusable(ServerUrl server, String request, String key, Serializable... details) {
        return new MetaKraftwerkException(Effect.UNKNOWN, false, text(server, request, key, details));
    }

    /** Makes the failure for a useless 2xx response that may be better if requested again. */
    static MetaKraftwerkException passing(ServerUrl server, String request, String key, Serializable... details) {
        return new MetaKraftwerkException(Effect.UNKNOWN, true, text(server, request, key, details));
    }

    private static Text text(ServerUrl server, String request, String key, Serializable... details) {
        return new Text(
                key,
                Stream.concat(Stream.of(server.text(), request), Stream.of(details))
                        .toList());
    }
}
