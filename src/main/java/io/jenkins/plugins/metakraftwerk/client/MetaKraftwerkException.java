package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The one failure that the client knows. Its message is for people: what happened, where, and what to do next. It never
 * contains a token, a password or a header.
 *
 * <p>What a caller may do next follows from {@link #effect()} and {@link #retryable()} alone.
 */
public final class MetaKraftwerkException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What a failure means for the request. */
    public enum Effect {
        /** The server never saw the request. */
        NOT_SENT,
        /** The server answered no, or not now; it did nothing. */
        REFUSED,
        /** The request was sent and there is no usable answer; the server may have done what was asked. */
        UNKNOWN
    }

    private final Effect effect;
    private final boolean retryable;
    private final int status;
    private final Duration retryAfter;
    private final String serverMessage;
    private final Text text;

    /** Whether the pattern or the deployment that it was about is not there. */
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

    /** A failure that is no answer of the server. */
    MetaKraftwerkException(Effect effect, boolean retryable, Text text) {
        this(effect, retryable, 0, null, "", text);
    }

    /** A request that was refused here, before anything was sent. */
    public static MetaKraftwerkException refusedLocally(Text text) {
        return new MetaKraftwerkException(Effect.NOT_SENT, false, text);
    }

    /** What a request needs is not there, so that nothing was sent; it may come without anybody doing anything. */
    public static MetaKraftwerkException missing(Text text) {
        return new MetaKraftwerkException(Effect.NOT_SENT, true, text);
    }

    /**
     * A failure of a deployment run after its request was sent, when nobody can say what the server did.
     *
     * @param cause the failure of the call, or null after a restart of the controller
     */
    public static MetaKraftwerkException outcomeUnknown(Text text, MetaKraftwerkException cause) {
        return new MetaKraftwerkException(Effect.UNKNOWN, false, cause == null ? 0 : cause.status, null, "", text);
    }

    /** The same failure, seen from a request that was to follow it and was therefore never sent. */
    public MetaKraftwerkException beforeSending() {
        return new MetaKraftwerkException(
                Effect.NOT_SENT, retryable, status, retryAfter, serverMessage, text, noSuchTarget);
    }

    /** The same failure, with a name in the place of the server's address. */
    MetaKraftwerkException naming(String server) {
        return with(text.naming(Text.SERVER, address -> server));
    }

    /** The same failure in other words. */
    public MetaKraftwerkException with(Text other) {
        return new MetaKraftwerkException(effect, retryable, status, retryAfter, serverMessage, other, noSuchTarget);
    }

    /** The same failure, of which it is known by now that the pattern or the deployment is not there. */
    public MetaKraftwerkException ofNoSuchTarget() {
        return new MetaKraftwerkException(effect, retryable, status, retryAfter, serverMessage, text, true);
    }

    public Effect effect() {
        return effect;
    }

    /** Whether the same request may succeed later without anybody changing anything. */
    public boolean retryable() {
        return retryable;
    }

    /** The HTTP status of the answer, if there was one. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** Whether it is an answer with one of these HTTP statuses. */
    public boolean is(int... statuses) {
        return IntStream.of(statuses).anyMatch(one -> one == status);
    }

    /** How long the server asks to wait ({@code Retry-After}), never negative. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The server's own words, cleaned, at most {@value RemoteText#MESSAGE_LIMIT} characters; empty if it sent none. */
    public String serverMessage() {
        return serverMessage;
    }

    public Text text() {
        return text;
    }

    /** Whether the server has no pattern or no deployment of the name that it was given. */
    public boolean isOfNoSuchTarget() {
        return noSuchTarget;
    }

    /** The message in the language of this process. */
    @Override
    public String getLocalizedMessage() {
        return text.toString();
    }
}
