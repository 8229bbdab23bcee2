package io.jenkins.plugins.metakraftwerk.form;

import com.github.benmanes.caffeine.cache.Ticker;
import hudson.ExtensionList;
import io.jenkins.plugins.metakraftwerk.server.WebRequestWait;
import java.time.Duration;
import java.util.List;

/** Sets what the lists and checks of forms take from the time, which tests own. */
public final class FormLimits {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration SOON = Duration.ofMillis(100);

    private FormLimits() {}

    /** Nothing is in the cache, nothing in it gets old, and no call ends for its slowness. */
    public static void wide() {
        cachesOf(() -> 0);
        WebRequestWait.replaceLimits(new WebRequestWait.Limits(NEVER, NEVER));
    }

    /** Nothing is in the caches, and their time is that of the test. */
    static void cachesOf(Ticker time) {
        ExtensionList<FormCaches> caches = ExtensionList.lookup(FormCaches.class);
        caches.removeAll(List.copyOf(caches));
        caches.add(new FormCaches(time));
    }

    /** Who waits gives up before he has begun. */
    public static void noTime() {
        WebRequestWait.replaceLimits(new WebRequestWait.Limits(NEVER, Duration.ZERO));
    }

    /** A call that is not answered ends soon; only for tests in which none is answered. */
    public static void shortCalls() {
        WebRequestWait.replaceLimits(new WebRequestWait.Limits(SOON, NEVER));
    }

    /** Who waits gives up soon, whatever becomes of the call; only for tests in which none is answered. */
    public static void shortWaits() {
        WebRequestWait.replaceLimits(new WebRequestWait.Limits(NEVER, SOON));
    }
}
