package io.jenkins.plugins.metakraftwerk.client;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The waits between the attempts of a failed call. They grow, and they are random so that many runs do not return at
 * once. A wait is never shorter than the server asks, and their total is limited.
 */
public final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    /** Allows a dozen attempts within the usual two minutes. A server that refuses every other call needs them. */
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private static final int DOUBLINGS = 3;

    private final Timing timing;
    private final Duration limit;
    private final Lock lock = new ReentrantLock();

    /** Guarded by the lock, like the fields below. */
    private Duration began;

    private int failures;
    private String announced;

    /** @param limit for the waits of all calls together, counted from the first failure */
    public Backoff(Timing timing, Duration limit) {
        this.timing = timing;
        this.limit = limit;
    }

    /** Returns the next wait, or empty if trying again is useless or would take too long. */
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

    /**
     * Returns the log line that announces the next attempt. It is long for a new kind of failure and short for one that
     * was announced before.
     */
    public Text announce(MetaKraftwerkException failure, Duration wait) {
        lock.lock();
        try {
            return firstOrRepeated(failure, wait);
        } finally {
            lock.unlock();
        }
    }

    private Text firstOrRepeated(MetaKraftwerkException failure, Duration wait) {
        Text inShort = inShort(failure);
        String kind = failure.text().key() + inShort;
        Text reason = kind.equals(announced) ? Text.forKey("retry.still", inShort) : failure.text();
        announced = kind;
        return Text.forKey(
                "retry.again", reason, failures, Math.max(1, Math.round(wait.toMillis() / 1000.0)), left().toSeconds());
    }

    /** Returns the time that is left. May be called after the first failure only. */
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

    /** Returns the time since the first failure, in whole seconds. */
    public long seconds() {
        lock.lock();
        try {
            return began == null ? 0 : timing.uptime().minus(began).toSeconds();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the failure, and adds the time of all attempts if that is a second or more. */
    public MetaKraftwerkException gaveUp(MetaKraftwerkException failure) {
        return seconds() == 0 ? failure : failure.with(Text.forKey("retry.gaveUp", failure.text(), seconds()));
    }
}
