package io.jenkins.plugins.metakraftwerk.server;

import hudson.security.ACL;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.client.Workers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.security.ImpersonatingExecutorService;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The threads of this plugin, by what may be done on them. What waits for a disk, a vault or a lock would hold up the
 * reading of answers and the timers of everybody if it shared theirs.
 */
@Restricted(NoExternalUse.class)
public final class Threads {

    /** How much blocking work is done at once, however much there is. */
    static final int MOST_BLOCKED = 8;

    private static final long IDLE_SECONDS = 60;

    /** Read answers, and go on after a wait. Nothing blocks here. */
    private static final ExecutorService HTTP = Workers.EXECUTOR;

    /** May block: credentials, saves, logs. No task waits for another one, so that all of them end. */
    private static final ExecutorService WORK = new ImpersonatingExecutorService(
            pool(MOST_BLOCKED, new LinkedBlockingQueue<>(), "MetaKraftwerk work"), ACL.SYSTEM2);

    /** Only triggers. Not the timer of Jenkins, whose threads whatever plugin may hold. */
    private static final ScheduledExecutorService TIMER = timer();

    private static volatile Timing timing = Timing.on(TIMER, HTTP);

    private Threads() {}

    /** Goes on after a wait on a thread that must not block. */
    public static Timing timing() {
        return timing;
    }

    /** For what must not block. */
    public static Executor http() {
        return HTTP;
    }

    /** For what may block. A task must not wait for another one. */
    public static Executor work() {
        return WORK;
    }

    /**
     * One thread for what may block for as long as it likes, one thing after another; it exists only while there is something
     * to do.
     *
     * @param most how many things may wait; more are rejected
     */
    public static Executor oneByOne(int most) {
        return new ImpersonatingExecutorService(
                pool(1, new LinkedBlockingQueue<>(most), "MetaKraftwerk listener"), ACL.SYSTEM2);
    }

    /** For tests, which own the time; answers what it was before. */
    static Timing replaceTiming(Timing other) {
        Timing before = timing;
        timing = other;
        return before;
    }

    private static ExecutorService pool(int threads, BlockingQueue<Runnable> queue, String name) {
        var pool = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, queue, factory(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ScheduledExecutorService timer() {
        var timer = new ScheduledThreadPoolExecutor(1, factory("MetaKraftwerk timer"));
        // A wait that is over early must not be held until its time.
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    private static ThreadFactory factory(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + " " + count.incrementAndGet());
            thread.setDaemon(true);
            // A thread would keep the class loader of whatever build made it start.
            thread.setContextClassLoader(Threads.class.getClassLoader());
            return thread;
        };
    }
}
