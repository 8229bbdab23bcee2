package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.time.Duration;
import java.time.Instant;

/** The end of a span, on the clock that nobody sets. */
final class Deadline {

    /** Who reads a log takes a run that is silent for longer for one that hangs. */
    static final Duration SILENCE = Duration.ofMinutes(5);

    private final Timing timing;
    private final Duration end;

    private Deadline(Timing timing, Duration left) {
        this.timing = timing;
        end = timing.uptime().plus(left);
    }

    static Deadline in(Timing timing, Duration span) {
        return new Deadline(timing, span);
    }

    /** An end that was stored before a restart. What is left is never more than the whole, whatever the clock was set to. */
    static Deadline at(Timing timing, Instant end, Duration whole) {
        Duration left = Duration.between(timing.now(), end);
        return new Deadline(timing, left.compareTo(whole) < 0 ? left : whole);
    }

    /** What is left, never negative. */
    Duration left() {
        Duration left = end.minus(timing.uptime());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** What is left, as it is said: begun minutes count. */
    long minutes() {
        return left().plusSeconds(59).toMinutes();
    }

    boolean isOver() {
        return left().isZero();
    }

    /** Whether a pause from now on would last beyond the end. */
    boolean isBefore(Duration pause) {
        return timing.uptime().plus(pause).compareTo(end) > 0;
    }
}
