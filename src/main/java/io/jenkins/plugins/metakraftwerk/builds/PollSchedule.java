package io.jenkins.plugins.metakraftwerk.builds;

import hudson.scheduler.CronTabList;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Optional;

/** The times at which a schedule is due. */
final class PollSchedule {

    /** We look eight days ahead. */
    private static final Duration FARTHEST = Duration.ofDays(8);

    private PollSchedule() {}

    /** The next time that is not in this minute; empty where it is more than eight days away. */
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

    /** How long it is from a time that is due now to the next. */
    static Duration interval(CronTabList schedule) {
        Instant minute = Threads.timing().now().truncatedTo(ChronoUnit.MINUTES);
        return next(schedule).map(next -> Duration.between(minute, next)).orElse(FARTHEST);
    }
}
