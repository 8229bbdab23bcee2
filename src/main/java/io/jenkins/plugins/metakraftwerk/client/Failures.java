package io.jenkins.plugins.metakraftwerk.client;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import java.io.IOException;
import java.io.InputStream;
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
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Says of each failure what it means for the request and puts it into words. The only place that knows exceptions. */
final class Failures {

    /** Statuses after which the same request may succeed later. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

    /** Statuses that have an advice of their own. */
    private static final Set<Integer> ADVISED = Set.of(400, 401, 403, 404, 407, 429);

    private Failures() {}

    /** A failure that is an answer: anything but 2xx. */
    static MetaKraftwerkException ofAnswer(
            ServerUrl server, Request request, Answer answer, InputStream body, Instant now) {
        int status = answer.status();
        ErrorBody error = ErrorBody.of(answer, body);
        String message = RemoteText.message(error.message(), request.token(), request.secret());
        Text what = Text.of(
                "answered", server.toString(), status, request.toString(), said(message), advice(request, answer));
        return new MetaKraftwerkException(
                effect(status, error),
                PASSING.contains(status),
                status,
                RetryAfter.read(answer.headers(), now),
                message,
                what);
    }

    /**
     * A 5xx may come after the work was done, or from something between us and the server, and so says nothing, except
     * a 503 in the API's own form, which refuses: gateways have JSON of their own. 408 is what an intermediary says when
     * it got tired of waiting.
     */
    private static Effect effect(int status, ErrorBody error) {
        boolean refused = status < 500 ? status != 408 : status == 503 && error.code() == 503;
        return refused ? Effect.REFUSED : Effect.UNKNOWN;
    }

    private static Text said(String message) {
        if (message.isEmpty()) {
            return Text.of("answered.silent");
        }
        return Text.of("answered.said", message.matches(".*[.!?…]") ? message : message + ".");
    }

    private static Text advice(Request request, Answer answer) {
        int status = answer.status();
        if (status >= 300 && status < 400) {
            // Without its query, which may hold a secret.
            String target = answer.headers().firstValue("Location").orElse("").replaceAll("[?#].*", "");
            String shown = RemoteText.message(target, request.token(), request.secret());
            return Text.of("advice.redirect", shown.isEmpty() ? "?" : shown);
        }
        if (status >= 500) {
            return Text.of("advice.server");
        }
        return Text.of(ADVISED.contains(status) ? "advice." + status : "advice.other");
    }

    /** A refused token, with what its owner can do about it. */
    static MetaKraftwerkException refusedToken(ServerUrl server, MetaKraftwerkException refused, Text advice) {
        return new MetaKraftwerkException(
                Effect.REFUSED,
                false,
                401,
                null,
                refused.serverMessage(),
                Text.of("token.refused", server.toString(), refused.serverMessage(), advice));
    }

    /**
     * A failure that is no answer.
     *
     * @param proxy the only one whom a connection is made to, where there is one
     */
    static MetaKraftwerkException ofCall(
            ServerUrl server, Request request, Optional<InetSocketAddress> proxy, Throwable failure) {
        if (failure instanceof MetaKraftwerkException known) {
            return known;
        }
        String url = server.toString();
        if (failure instanceof CancellationException) {
            return new MetaKraftwerkException(
                    Effect.UNKNOWN, false, Text.of("call.cancelled", url, request.toString()));
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return new MetaKraftwerkException(Effect.NOT_SENT, true, Text.of("call.connectTimeout", url));
        }
        if (failure instanceof HttpTimeoutException) {
            return timeout(server, request.toString(), request.timeout());
        }
        boolean unknownHost =
                has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class);
        if (proxy.isPresent() && (unknownHost || failure instanceof ConnectException)) {
            String shown = proxy.get().getHostString() + ":" + proxy.get().getPort();
            return new MetaKraftwerkException(Effect.NOT_SENT, true, Text.of("call.noProxy", url, shown));
        }
        if (unknownHost) {
            return new MetaKraftwerkException(
                    Effect.NOT_SENT,
                    true,
                    Text.of("call.unknownHost", request.uri().getHost()));
        }
        if (failure instanceof ConnectException) {
            return new MetaKraftwerkException(Effect.NOT_SENT, true, Text.of("call.refused", url));
        }
        // After the handshake the request is on its way, and a TLS failure is like any other broken connection.
        if (has(failure, SSLHandshakeException.class) || isNoTls(failure)) {
            return new MetaKraftwerkException(Effect.NOT_SENT, false, Text.of(tls(failure), url));
        }
        if (failure instanceof IOException
                && String.valueOf(failure.getMessage()).startsWith("Tunnel failed")) {
            return new MetaKraftwerkException(Effect.NOT_SENT, false, Text.of("call.proxy", url));
        }
        if (failure instanceof IOException) {
            return new MetaKraftwerkException(Effect.UNKNOWN, true, Text.of("call.broken", url, request.toString()));
        }
        // Whatever else the HTTP client throws is about the request (an unsendable header, say), never about secrets.
        return new MetaKraftwerkException(
                Effect.UNKNOWN,
                false,
                Text.of(
                        "call.failed",
                        url,
                        request.toString(),
                        failure.getClass().getSimpleName()));
    }

    static MetaKraftwerkException timeout(ServerUrl server, String request, Duration limit) {
        return new MetaKraftwerkException(
                Effect.UNKNOWN, true, Text.of("call.timeout", server.toString(), request, limit.toSeconds()));
    }

    private static String tls(Throwable failure) {
        if (has(failure, CertificateExpiredException.class) || has(failure, CertificateNotYetValidException.class)) {
            return "tls.expired";
        }
        if (has(failure, CertPathBuilderException.class)) {
            return "tls.untrusted";
        }
        String message = String.valueOf(failure.getMessage());
        return message.contains("subject alternative") || message.contains("No name matching")
                ? "tls.wrongHost"
                : "tls.failed";
    }

    /** Whether the very first answer to the handshake was something other than TLS, for which there is no type. */
    private static boolean isNoTls(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException
                    && String.valueOf(cause.getMessage()).matches("(?i).*unrecognized SSL message.*")) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** A 2xx whose content is no use; trying again would bring the same. */
    static MetaKraftwerkException unusable(ServerUrl server, String request, String key, Serializable... more) {
        return new MetaKraftwerkException(Effect.UNKNOWN, false, text(server, request, key, more));
    }

    /** A 2xx whose content is no use, and may be when tried again. */
    static MetaKraftwerkException passing(ServerUrl server, String request, String key, Serializable... more) {
        return new MetaKraftwerkException(Effect.UNKNOWN, true, text(server, request, key, more));
    }

    private static Text text(ServerUrl server, String request, String key, Serializable... more) {
        return new Text(
                key,
                Stream.concat(Stream.of(server.toString(), request), Stream.of(more))
                        .toList());
    }
}
