package io.jenkins.plugins.metakraftwerk.client;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * One call of the API with its token: gets the token, sends, and where the token is refused and another can be had,
 * sends once more. A 401 means that nothing was done, so the repetition is safe for every method.
 */
final class Call {

    private final Transport transport;
    private final Authenticator authenticator;
    private final String method;
    private final URI uri;
    private final Object body;
    private final Duration timeout;
    private final BooleanSupplier wanted;
    private final CompletableFuture<Answer> result = new CompletableFuture<>();

    Call(
            Transport transport,
            Authenticator authenticator,
            String method,
            URI uri,
            Object body,
            Duration timeout,
            BooleanSupplier wanted) {
        this.transport = transport;
        this.authenticator = authenticator;
        this.method = method;
        this.uri = uri;
        this.body = body;
        this.timeout = timeout;
        this.wanted = wanted;
    }

    /** Fails with {@link MetaKraftwerkException} only. Once it is cancelled, nothing more is sent. */
    CompletableFuture<Answer> start() {
        guarded(() -> sendWith(authenticator.token(), true));
        return result;
    }

    /** What others bring (a stored secret, a header) may fail on the spot, and then nobody else would end the call. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            result.completeExceptionally(beforeSending(e));
        }
    }

    private void sendWith(CompletableFuture<String> awaited, boolean first) {
        awaited.whenComplete((token, failure) -> {
            if (failure != null) {
                result.completeExceptionally(beforeSending(Futures.cause(failure)));
            } else if (!result.isDone()) {
                guarded(() -> send(token, first));
            }
        });
    }

    private void send(String token, boolean first) {
        if (!wanted.getAsBoolean()) {
            Text text = Text.of("call.unwanted", transport.server().toString(), method + " " + uri.getPath());
            result.completeExceptionally(MetaKraftwerkException.refusedLocally(text));
            return;
        }
        var exchange = transport.send(new Transport.Request(method, uri, body, token, timeout, authenticator.secret()));
        Futures.cancelWith(result, exchange);
        exchange.whenComplete((answer, failure) -> {
            if (failure == null) {
                result.complete(answer);
            } else if (Futures.cause(failure) instanceof MetaKraftwerkException known
                    && known.status().orElse(0) == 401) {
                guarded(() -> refused(token, known, first));
            } else {
                result.completeExceptionally(Futures.cause(failure));
            }
        });
    }

    private void refused(String token, MetaKraftwerkException refusal, boolean first) {
        Optional<CompletableFuture<String>> other = first ? authenticator.renew(token) : Optional.empty();
        if (other.isPresent()) {
            sendWith(other.get(), false);
        } else {
            result.completeExceptionally(
                    Failures.refusedToken(transport.server(), refusal, authenticator.advice(token)));
        }
    }

    private MetaKraftwerkException beforeSending(Throwable failure) {
        return failure instanceof MetaKraftwerkException known
                ? known.beforeSending()
                : new MetaKraftwerkException(
                        Effect.NOT_SENT,
                        false,
                        Text.of(
                                "token.failed",
                                transport.server().toString(),
                                failure.getClass().getSimpleName()));
    }
}
