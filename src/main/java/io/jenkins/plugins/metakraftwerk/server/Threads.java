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
 * The threads of this plugin, by what may be done on them. What waits for a disk, a vault or a lock would hold up the
 * reading of answers and the timers of everybody if it shared theirs.
 *
 * <p>What waits for a thread is bounded, far above what is ever needed, so that something that hangs does not fill the
 * memory of Jenkins. Whatever a task throws is logged, and ends nothing else.
 */
@Restricted(NoExternalUse.class)
public final class Threads {

    private static final Logger LOGGER = Logger.getLogger(Threads.class.getName());

    /** How much blocking work is done at once, however much there is. */
    static final int MOST_BLOCKED = 8;

    /** From so many tasks on nothing new begins, so that there is room for what has begun. */
    static final int MOST_BEFORE_NEW_WORK = 50_000;

    /** More are refused. */
    static final int MOST_WAITING = 2 * MOST_BEFORE_NEW_WORK;

    /** Each call and each run has a few. */
    private static final int MOST_WAITS = 500_000;

    /** Until what was refused is tried again. */
    static final Duration AGAIN = Duration.ofSeconds(10);

    /** Read answers, and go on after a wait. Nothing blocks here. */
    private static final ExecutorService HTTP = ResponseThreads.EXECUTOR;

    private static final BoundedThreadPool WORKERS =
            BoundedThreadPool.refusing("MetaKraftwerk work", MOST_BLOCKED, MOST_WAITING, Threads::uptime);

    /** May block: credentials, saves, logs. No task waits for another one, so that all of them end. */
    private static final Executor WORK = asSystem(WORKERS);

    /** Only triggers. Not the timer of Jenkins, whose threads whatever plugin may hold. */
    private static final ScheduledExecutorService TIMER =
            new WaitTimer("MetaKraftwerk timer", MOST_WAITS, Threads::uptime);

    private static volatile Timing timing = Timing.on(TIMER, HTTP);

    private Threads() {}

    /** Goes on after a wait on a thread that must not block. */
    public static Timing timing() {
        return timing;
    }

    private static Duration uptime() {
        return timing.uptime();
    }

    /** For what must not block. Refuses nothing. */
    public static Executor http() {
        return HTTP;
    }

    /**
     * For what may block. A task must not wait for another one. Refuses tasks where far too many wait, by an exception:
     * whoever hands one over decides what becomes of it then.
     */
    public static Executor work() {
        return WORK;
    }

    /**
     * The same threads for what begins something: a step, a look. Refuses it earlier than what goes on.
     *
     * @throws AbortException where too much has begun already
     */
    public static void begin(Runnable task) throws AbortException {
        try {
            WORKERS.requireRoom(MOST_BEFORE_NEW_WORK);
            WORK.execute(task);
        } catch (RejectedExecutionException e) {
            throw new AbortException(Messages.threads_full());
        }
    }

    /** For what may block and is not to be lost: where it is refused, it is tried again until there is room. */
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
     * One thread for what may block for as long as it likes, one thing after another; it exists only while there is something
     * to do.
     *
     * @param what names the thread
     * @param most how many things may wait; more are rejected
     */
    public static Executor oneByOne(String what, int most) {
        return asSystem(BoundedThreadPool.refusing("MetaKraftwerk " + what, 1, most, Threads::uptime));
    }

    /** Not that of Jenkins, in which a virtual thread would be that hands a task over. */
    private static Executor asSystem(Executor pool) {
        return task -> pool.execute(() -> {
            try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
                task.run();
            }
        });
    }

    /** For tests, which own the time; answers what it was before. */
    static Timing replaceTiming(Timing other) {
        Timing before = timing;
        timing = other;
        return before;
    }
}
