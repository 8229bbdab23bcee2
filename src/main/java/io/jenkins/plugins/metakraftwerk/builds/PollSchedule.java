package io.jenkins.plugins.metakraftwerk.builds;

import hudson.scheduler.CronTabList;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Optional;

/** Times of a schedule. */
final class PollSchedule {

    /** Limit of the search. */
    private static final Duration FARTHEST = Duration.ofDays(8);

    private PollSchedule() {}

    /** Returns the next time after this minute. Empty if it is more than eight days away. */
    static Optional<Instant> next(CronTabList schedule) {
        Instant minute = Threads.timing().now().truncatedTo(ChronoUnit.MINUTES);
        Calendar time = new GregorianCalendar();
        for (long ahead = 1; ahead <= FARTHEST.toMinutes(); ahead++) {
            Instant then = minute.plus(ahead, ChronoUnit.MINUTES);
            time.setTimeInMillis(then.toEpochMilli());
            if (schedule.check(time)) {
                return Optional.of(then);
            }
        }
        return Optional.empty();
    }

    /** Returns the time from now, when the schedule is due, to its next time. At most eight days. */
    static Duration interval(CronTabList schedule) {
        Instant minute = Threads.timing().now().truncatedTo(ChronoUnit.MINUTES);
        return next(schedule).map(next -> Duration.between(minute, next)).orElse(FARTHEST);
    }
}
