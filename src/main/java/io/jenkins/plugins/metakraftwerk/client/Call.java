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
final class Call<T> {

    /**
     * What is asked for.
     *
     * @param body becomes JSON; null for none
     * @param timeout for each exchange; null where the caller watches the time
     */
    record Question(String method, URI uri, Object body, Duration timeout) {

        Request with(String token, String secret) {
            return new Request(method, uri, body, token, timeout, secret);
        }

        /** As it is shown. */
        @Override
        public String toString() {
            return with(null, null).toString();
        }
    }

    private final Transport transport;
    private final Authenticator authenticator;
    private final Question question;
    private final Body.Reading<T> reading;
    private final BooleanSupplier wanted;
    private final Chain<T> result = new Chain<>();

    /** Whether a request is on its way that the server has not refused. */
    private boolean isOut;

    /** @param wanted asked before each time that the request goes out */
    Call(
            Transport transport,
            Authenticator authenticator,
            Question question,
            Body.Reading<T> reading,
            BooleanSupplier wanted) {
        this.transport = transport;
        this.authenticator = authenticator;
        this.question = question;
        this.reading = reading;
        this.wanted = wanted;
    }

    /** Fails with {@link MetaKraftwerkException} only. Once it is cancelled, nothing more is sent. */
    CompletableFuture<T> start() {
        guarded(() -> sendWith(authenticator.token(), true));
        return result;
    }

    /** What others bring (a stored secret, a header) may fail on the spot, and then nobody else would end the call. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(
                    isOut ? Failures.broken(transport.server(), question.toString(), e) : beforeSending(e));
        }
    }

    private void sendWith(CompletableFuture<String> awaited, boolean first) {
        result.either(awaited, (token, failure) -> {
            if (failure != null) {
                result.completeExceptionally(beforeSending(failure));
            } else {
                guarded(() -> send(token, first));
            }
        });
    }

    private void send(String token, boolean first) {
        if (!wanted.getAsBoolean()) {
            Text text = Text.of("call.unwanted", transport.server().text(), question.toString());
            result.completeExceptionally(MetaKraftwerkException.refusedLocally(text));
            return;
        }
        Exchange<T> exchange;
        try {
            exchange = transport.exchange(question.with(token, authenticator.secret()), reading);
        } catch (MetaKraftwerkException e) {
            result.completeExceptionally(e);
            return;
        }
        CompletableFuture<T> sent = exchange.start();
        isOut = true;
        result.either(sent, (answer, failure) -> {
            if (failure == null) {
                result.complete(answer);
            } else if (failure instanceof MetaKraftwerkException known && known.is(401)) {
                isOut = false;
                guarded(() -> refused(token, known, first));
            } else {
                result.completeExceptionally(failure);
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
                                transport.server().text(),
                                failure.getClass().getSimpleName()));
    }
}
