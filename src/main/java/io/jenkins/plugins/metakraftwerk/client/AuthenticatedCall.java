package io.jenkins.plugins.metakraftwerk.client;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import java.net.URI;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One call of the API with its token. Gets the token and sends the request. If the token is refused and another can be
 * had, sends the request once more. A 401 means that the server did nothing, so the repetition is safe for every
 * method.
 */
final class AuthenticatedCall<T> {

    /**
     * The call to make.
     *
     * @param body becomes JSON; null for none
     * @param limit gives the time limit of the next exchange
     */
    record Spec(String method, URI uri, Object body, Supplier<TimeLimit> limit) {

        @Override
        public String toString() {
            return new ApiRequest(method, uri, body, null, null, null).toString();
        }
    }

    private final HttpTransport transport;
    private final TokenSource tokens;
    private final Spec spec;
    private final BodyParser.Factory<T> parsers;
    private final BooleanSupplier wanted;

    /** @param wanted asked each time before the request goes out */
    AuthenticatedCall(
            HttpTransport transport,
            TokenSource tokens,
            Spec spec,
            BodyParser.Factory<T> parsers,
            BooleanSupplier wanted) {
        this.transport = transport;
        this.tokens = tokens;
        this.spec = spec;
        this.parsers = parsers;
        this.wanted = wanted;
    }

    /** @throws InterruptedException if nobody wants the response any more; nothing is sent afterwards */
    T make() throws MetaKraftwerkException, InterruptedException {
        String token = before(tokens::token);
        try {
            return send(token);
        } catch (MetaKraftwerkException e) {
            if (!e.is(401)) {
                throw e;
            }
            Optional<String> renewed = before(() -> tokens.renew(token));
            if (renewed.isEmpty()) {
                throw refused(token, e);
            }
            return sendAgain(renewed.get());
        }
    }

    private T sendAgain(String token) throws MetaKraftwerkException, InterruptedException {
        try {
            return send(token);
        } catch (MetaKraftwerkException e) {
            throw e.is(401) ? refused(token, e) : e;
        }
    }

    private MetaKraftwerkException refused(String token, MetaKraftwerkException refusal)
            throws MetaKraftwerkException, InterruptedException {
        return ExceptionMapper.refusedToken(transport.server(), refusal, before(() -> tokens.advice(token)));
    }

    private T send(String token) throws MetaKraftwerkException, InterruptedException {
        try (var prepared = before(() -> prepare(token))) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!before(wanted::getAsBoolean)) {
                throw MetaKraftwerkException.refusedLocally(
                        Text.forKey("call.unwanted", transport.server().text(), spec.toString()));
            }
            return prepared.send();
        }
    }

    private HttpTransport.PreparedRequest<T> prepare(String token) throws MetaKraftwerkException, InterruptedException {
        TimeLimit limit = spec.limit().get();
        ApiRequest request =
                new ApiRequest(spec.method(), spec.uri(), spec.body(), token, limit.span(), tokens.secret());
        return transport.prepare(request, parsers, limit);
    }

    /**
     * Does a step before the request is sent. A step that calls other code (a stored secret, a header) may fail in any
     * way; nothing was sent then.
     */
    private <R> R before(ReadRetries.ReadCall<R> step) throws MetaKraftwerkException, InterruptedException {
        try {
            return step.read();
        } catch (MetaKraftwerkException e) {
            throw e.beforeSending();
        } catch (RuntimeException | Error e) {
            throw new MetaKraftwerkException(
                    Effect.NOT_SENT,
                    false,
                    Text.forKey(
                            "token.failed",
                            transport.server().text(),
                            e.getClass().getSimpleName()));
        }
    }
}
