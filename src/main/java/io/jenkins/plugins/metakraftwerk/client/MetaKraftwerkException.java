package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The one failure that the client knows. Its message tells people what happened, where, and what to do next. It never
 * contains a token, a password or a header.
 *
 * <p>Callers decide by {@link #effect()} and {@link #retryable()} alone.
 */
public final class MetaKraftwerkException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The effect of a failed request on the server. */
    public enum Effect {
        /** The server never got the request. */
        NOT_SENT,
        /** The server refused the request, perhaps only for now. It did nothing. */
        REFUSED,
        /** The request was sent, but there is no usable response. The server may have done the work. */
        UNKNOWN
    }

    private final Effect effect;
    private final boolean retryable;
    private final int status;
    private final Duration retryAfter;
    private final String serverMessage;
    private final Text text;

    /** True if the pattern or deployment of the request does not exist. */
    private final boolean noSuchTarget;

    MetaKraftwerkException(
            Effect effect, boolean retryable, int status, Duration retryAfter, String serverMessage, Text text) {
        this(effect, retryable, status, retryAfter, serverMessage, text, false);
    }

    private MetaKraftwerkException(
            Effect effect,
            boolean retryable,
            int status,
            Duration retryAfter,
            String serverMessage,
            Text text,
            boolean noSuchTarget) {
        super(text.in(Locale.ENGLISH));
        this.effect = Objects.requireNonNull(effect);
        this.retryable = retryable;
        this.status = status;
        this.retryAfter = retryAfter;
        this.serverMessage = serverMessage;
        this.text = text;
        this.noSuchTarget = noSuchTarget;
    }

    /** Makes a failure without a response of the server. */
    MetaKraftwerkException(Effect effect, boolean retryable, Text text) {
        this(effect, retryable, 0, null, "", text);
    }

    /** Makes a failure for a request that this plugin refused before it was sent. */
    public static MetaKraftwerkException refusedLocally(Text text) {
        return new MetaKraftwerkException(Effect.NOT_SENT, false, text);
    }

    /**
     * Makes a failure for a request that was not sent since something is missing. It may succeed later without
     * anybody's help.
     */
    public static MetaKraftwerkException missing(Text text) {
        return new MetaKraftwerkException(Effect.NOT_SENT, true, text);
    }

    /**
     * Makes a failure of a deployment run after its request was sent, if nobody can say what the server did.
     *
     * @param cause the failure of the call, or null after a restart of the controller
     */
    public static MetaKraftwerkException outcomeUnknown(Text text, MetaKraftwerkException cause) {
        return new MetaKraftwerkException(Effect.UNKNOWN, false, cause == null ? 0 : cause.status, null, "", text);
    }

    /** Returns the same failure for a later request that was therefore never sent. */
    public MetaKraftwerkException beforeSending() {
        return new MetaKraftwerkException(
                Effect.NOT_SENT, retryable, status, retryAfter, serverMessage, text, noSuchTarget);
    }

    /** Returns the same failure with a name in place of the server's address. */
    MetaKraftwerkException naming(String server) {
        return with(text.naming(Text.SERVER, address -> server));
    }

    /** Returns the same failure with another text. */
    public MetaKraftwerkException with(Text other) {
        return new MetaKraftwerkException(effect, retryable, status, retryAfter, serverMessage, other, noSuchTarget);
    }

    /** Returns the same failure, marked: the pattern or the deployment does not exist. */
    public MetaKraftwerkException ofNoSuchTarget() {
        return new MetaKraftwerkException(effect, retryable, status, retryAfter, serverMessage, text, true);
    }

    public Effect effect() {
        return effect;
    }

    /** True if the same request may succeed later although nobody changes anything. */
    public boolean retryable() {
        return retryable;
    }

    /** Returns the HTTP status of the response, if there was one. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** True if the response had one of these HTTP statuses. */
    public boolean is(int... statuses) {
        return IntStream.of(statuses).anyMatch(one -> one == status);
    }

    /** Returns the wait that the server asks for ({@code Retry-After}), never negative. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /**
     * Returns the server's own words, cleaned, at most {@value RemoteText#MESSAGE_LIMIT} characters; empty if it sent
     * none.
     */
    public String serverMessage() {
        return serverMessage;
    }

    public Text text() {
        return text;
    }

    /** True if the server has no pattern or no deployment of the given name. */
    public boolean isOfNoSuchTarget() {
        return noSuchTarget;
    }

    /** Returns the message in the language of this process. */
    @Override
    public String getLocalizedMessage() {
        return text.toString();
    }
}
