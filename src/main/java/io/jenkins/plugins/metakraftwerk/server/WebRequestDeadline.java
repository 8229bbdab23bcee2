package io.jenkins.plugins.metakraftwerk.server;

import java.time.Duration;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** By when somebody before a browser is told what is known by then; for what takes more than one call. */
@Restricted(NoExternalUse.class)
public final class WebRequestDeadline {

    private final long end;

    WebRequestDeadline(Duration fromNow) {
        end = System.nanoTime() + fromNow.toNanos();
    }

    /** Never less than nothing. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    public boolean isOver() {
        return left().isZero();
    }
}
