package io.jenkins.plugins.metakraftwerk.history;

import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.time.Duration;
import java.time.Instant;

/** Short text in the language of the reader that says how long ago something was. */
final class TimeAgo {

    private static final int DAYS_OF_A_MONTH = 30;
    private static final int DAYS_OF_A_YEAR = 365;

    private TimeAgo() {}

    /** @param time in milliseconds since 1970 */
    static String since(long time) {
        return since(
                Duration.between(Instant.ofEpochMilli(time), Threads.timing().now()));
    }

    static String since(Duration since) {
        long days = since.toDays();
        if (days >= 2 * DAYS_OF_A_YEAR) {
            return Messages.ago_years(days / DAYS_OF_A_YEAR);
        }
        if (days >= 2 * DAYS_OF_A_MONTH) {
            return Messages.ago_months(days / DAYS_OF_A_MONTH);
        }
        if (days > 0) {
            return days == 1 ? Messages.ago_day() : Messages.ago_days(days);
        }
        if (since.toHours() > 0) {
            return Messages.ago_hours(since.toHours());
        }
        return since.toMinutes() > 0 ? Messages.ago_minutes(since.toMinutes()) : Messages.ago_now();
    }
}
