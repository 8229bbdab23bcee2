package io.jenkins.plugins.metakraftwerk.server;

import hudson.AbortException;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.metakraftwerk.client.BoundedThreadPool;
import io.jenkins.plugins.metakraftwerk.client.ResponseThreads;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.client.WaitTimer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Threads of this plugin: some may block, others must not. Tasks that wait for a disk, a vault or a lock have threads
 * of their own: they would hold up the reading of responses and all timers.
 *
 * <p>The number of waiting tasks is bounded, far above what is ever needed, so that a task that hangs does not fill the
 * memory of Jenkins. An exception of a task is logged and ends nothing else.
 */
@Restricted(NoExternalUse.class)
public final class Threads {

    private static final Logger LOGGER = Logger.getLogger(Threads.class.getName());

    /** Number of threads for blocking work. */
    static final int MOST_BLOCKED = 8;

    /** Number of waiting tasks from which on no new work begins, so that there is room for work that has begun. */
    static final int MOST_BEFORE_NEW_WORK = 50_000;

    /** Maximum number of waiting tasks. More are refused. */
    static final int MOST_WAITING = 2 * MOST_BEFORE_NEW_WORK;

    /** Maximum number of timers. Each request and each run has a few. */
    private static final int MOST_WAITS = 500_000;

    /** Time after which a refused task is tried again. */
    static final Duration AGAIN = Duration.ofSeconds(10);

    /** Threads that read responses and go on after a wait. Nothing may block here. */
    private static final ExecutorService HTTP = ResponseThreads.EXECUTOR;

    private static final BoundedThreadPool WORKERS =
            BoundedThreadPool.refusing("MetaKraftwerk work", MOST_BLOCKED, MOST_WAITING, Threads::uptime);

    /** Threads that may block: for credentials, saves and logs. No task waits for another, so that all of them end. */
    private static final Executor WORK = asSystem(WORKERS);

    /** Timer that only triggers tasks. Not the timer of Jenkins, whose threads any plugin may block. */
    private static final ScheduledExecutorService TIMER =
            new WaitTimer("MetaKraftwerk timer", MOST_WAITS, Threads::uptime);

    private static volatile Timing timing = Timing.on(TIMER, HTTP);

    private Threads() {}

    /** Returns the timers, which go on after a wait on a thread that must not block. */
    public static Timing timing() {
        return timing;
    }

    private static Duration uptime() {
        return timing.uptime();
    }

    /** Returns the threads for tasks that must not block. Refuses nothing. */
    public static Executor http() {
        return HTTP;
    }

    /**
     * Returns the threads for tasks that may block. A task must not wait for another one. If far too many wait, it
     * throws {@link RejectedExecutionException}; the caller decides what happens then.
     */
    public static Executor work() {
        return WORK;
    }

    /**
     * Runs a task that begins something, such as a step or a poll, on the same threads. It is refused earlier than
     * tasks that go on with something.
     *
     * @throws AbortException if too many tasks wait already
     */
    public static void begin(Runnable task) throws AbortException {
        try {
            WORKERS.requireRoom(MOST_BEFORE_NEW_WORK);
            WORK.execute(task);
        } catch (RejectedExecutionException e) {
            throw new AbortException(Messages.threads_full());
        }
    }

    /** Runs a task that may block and must not get lost. If it is refused, it is tried again until there is room. */
    public static void certainly(Runnable task) {
        try {
            WORK.execute(task);
        } catch (RuntimeException | Error refused) {
            try {
                timing.later(AGAIN, () -> certainly(task));
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.SEVERE, e, () -> Messages.threads_lost());
            }
        }
    }

    /**
     * Returns a single thread for tasks that may block for any time, run one after another. The thread exists only
     * while there is a task.
     *
     * @param name the name of the thread
     * @param most the maximum number of waiting tasks; more are rejected
     */
    public static Executor oneByOne(String name, int most) {
        return asSystem(BoundedThreadPool.refusing("MetaKraftwerk " + name, 1, most, Threads::uptime));
    }

    /**
     * Runs tasks as SYSTEM. Not done by an executor of Jenkins: a virtual thread that hands over a task would run its
     * code.
     */
    private static Executor asSystem(Executor pool) {
        return task -> pool.execute(() -> {
            try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
                task.run();
            }
        });
    }

    /** Replaces the timers in tests, which control the time. Returns the previous ones. */
    static Timing replaceTiming(Timing other) {
        Timing before = timing;
        timing = other;
        return before;
    }
}
