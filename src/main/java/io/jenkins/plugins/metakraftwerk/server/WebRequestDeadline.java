package io.jenkins.plugins.metakraftwerk.server;

import java.time.Duration;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Time by which a web request must be answered with the results so far. For requests that need more than one call to
 * the server.
 */
@Restricted(NoExternalUse.class)
public final class WebRequestDeadline {

    private final long end;

    WebRequestDeadline(Duration fromNow) {
        end = System.nanoTime() + fromNow.toNanos();
    }

    /** Returns the time left; zero if it is over. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    public boolean isOver() {
        return left().isZero();
    }
}
