package io.jenkins.plugins.metakraftwerk.config;

import java.time.Duration;

/** Sets what the lists and checks of forms take from the time, which tests own. */
public final class FormLimits {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration SOON = Duration.ofMillis(100);

    private FormLimits() {}

    /** Nothing is in the cache, nothing in it gets old, and no call ends for its slowness. */
    public static void wide() {
        DropDowns.lister = new Lister(() -> 0);
        Waiting.limits = new Waiting.Limits(NEVER, NEVER);
    }

    /** A call that is not answered ends soon; only for tests in which none is answered. */
    public static void shortCalls() {
        Waiting.limits = new Waiting.Limits(SOON, NEVER);
    }

    /** Who waits gives up soon, whatever becomes of the call; only for tests in which none is answered. */
    public static void shortWaits() {
        Waiting.limits = new Waiting.Limits(NEVER, SOON);
    }
}
