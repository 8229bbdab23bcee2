package io.jenkins.plugins.metakraftwerk.client;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How long to wait before a failed call is tried again: growing, with chance in it so that many runs do not return at
 * once, never shorter than the server asks, and bounded in total.
 */
public final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    /** Short enough for a dozen attempts in the usual two minutes, which a server that refuses every other call needs. */
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private static final int DOUBLINGS = 3;

    private final Timing timing;
    private final Duration limit;
    private final Lock lock = new ReentrantLock();

    /** Guarded by the lock, as what is below. */
    private Duration began;

    private int failures;
    private String told;

    /** @param limit for all waits together, in whatever calls, counted from the first failure */
    public Backoff(Timing timing, Duration limit) {
        this.timing = timing;
        this.limit = limit;
    }

    /** The next wait, or empty if trying again is useless or would last too long. */
    public Optional<Duration> next(MetaKraftwerkException failure) {
        lock.lock();
        try {
            return failure.retryable() ? next(failure.retryAfter().orElse(Duration.ZERO)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Duration> next(Duration asked) {
        if (began == null) {
            began = timing.uptime();
        }
        Duration doubled = FIRST.multipliedBy(1L << Math.min(failures++, DOUBLINGS));
        Duration capped = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        Duration wait = Duration.ofMillis((long) (capped.toMillis() * (0.5 + timing.random())));
        Duration longer = wait.compareTo(asked) > 0 ? wait : asked;
        boolean tooLong = timing.uptime().plus(longer).compareTo(began.plus(limit)) > 0;
        return tooLong ? Optional.empty() : Optional.of(longer);
    }

    /** The line that announces the next attempt: in full for a new kind of failure, in short where that has been read. */
    public Text announce(MetaKraftwerkException failure, Duration wait) {
        lock.lock();
        try {
            return announced(failure, wait);
        } finally {
            lock.unlock();
        }
    }

    private Text announced(MetaKraftwerkException failure, Duration wait) {
        Text inShort = inShort(failure);
        String kind = failure.text().key() + inShort;
        Text what = kind.equals(told) ? Text.forKey("retry.still", inShort) : failure.text();
        told = kind;
        return Text.forKey(
                "retry.again", what, failures, Math.max(1, Math.round(wait.toMillis() / 1000.0)), left().toSeconds());
    }

    /** The time that is left, once something has failed. */
    public Duration left() {
        lock.lock();
        try {
            return began.plus(limit).minus(timing.uptime());
        } finally {
            lock.unlock();
        }
    }

    private static Text inShort(MetaKraftwerkException failure) {
        if (failure.status().isPresent()) {
            return Text.forKey("retry.answered", failure.status().getAsInt());
        }
        return Text.forKey(failure.effect() == Effect.NOT_SENT ? "retry.notSent" : "retry.noAnswer");
    }

    /** How long it has been trying, in whole seconds. */
    public long seconds() {
        lock.lock();
        try {
            return began == null ? 0 : timing.uptime().minus(began).toSeconds();
        } finally {
            lock.unlock();
        }
    }

    /** The failure, with how long it was tried where that was more than once. */
    public MetaKraftwerkException gaveUp(MetaKraftwerkException failure) {
        return seconds() == 0 ? failure : failure.with(Text.forKey("retry.gaveUp", failure.text(), seconds()));
    }
}
