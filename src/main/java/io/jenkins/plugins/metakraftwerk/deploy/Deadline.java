package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.time.Duration;
import java.time.Instant;

/** End of a time span, measured by the uptime, which nobody can set. */
final class Deadline {

    /** Longest silence of a waiting run in its log. After a longer one, readers think that the run hangs. */
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

    /**
     * Restores an end that was stored before a restart. The time left is never more than the whole span, even if the
     * clock was set.
     */
    static Deadline at(Timing timing, Instant end, Duration whole) {
        Duration left = Duration.between(timing.now(), end);
        return new Deadline(timing, left.compareTo(whole) < 0 ? left : whole);
    }

    /** Returns the time that is left, never negative. */
    Duration left() {
        Duration left = end.minus(timing.uptime());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Returns the minutes that are left, for people: a begun minute counts. */
    long minutes() {
        return left().plusSeconds(59).toMinutes();
    }

    boolean isOver() {
        return left().isZero();
    }

    /** Returns true if a pause from now on would last longer than the time that is left. */
    boolean isBefore(Duration pause) {
        return timing.uptime().plus(pause).compareTo(end) > 0;
    }
}
