package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One thread that triggers the code after a wait. The number of waits is limited; one more throws {@link
 * RejectedExecutionException}.
 */
public final class WaitTimer extends ScheduledThreadPoolExecutor {

    private static final int IDLE_SECONDS = 60;

    private final int most;
    private final ThreadPoolMonitor monitor;

    /**
     * @param most limit of waits
     * @param uptime the clock that nobody sets
     */
    public WaitTimer(String name, int most, Supplier<Duration> uptime) {
        super(1, BoundedThreadPool.threads(name));
        this.most = most;
        monitor = new ThreadPoolMonitor(name, uptime);
        // A cancelled wait must not stay in memory until its time.
        setRemoveOnCancelPolicy(true);
        setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        allowCoreThreadTimeOut(true);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        int waiting = getQueue().size();
        if (waiting >= most) {
            monitor.full(waiting);
            throw new RejectedExecutionException(waiting + " wait already");
        }
        return super.schedule(() -> monitor.guard(task), delay, unit);
    }
}
