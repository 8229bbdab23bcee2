package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A few threads that exist while there are tasks, with a limited queue. An exception of a task is logged and ends no
 * thread. A pool that is full or stuck says so in the log.
 */
public final class BoundedThreadPool extends ThreadPoolExecutor {

    private static final int IDLE_SECONDS = 60;

    private final ThreadPoolMonitor monitor;

    /**
     * @param most limit of tasks that wait
     * @param uptime the clock that nobody sets
     * @param full handles a task when the queue is full
     */
    BoundedThreadPool(
            String name,
            int threads,
            int most,
            Supplier<Duration> uptime,
            ThreadFactory factory,
            RejectedExecutionHandler full) {
        super(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(most), factory);
        monitor = new ThreadPoolMonitor(name, uptime);
        allowCoreThreadTimeOut(true);
        setRejectedExecutionHandler((task, pool) -> {
            monitor.full(getQueue().size());
            full.rejectedExecution(task, pool);
        });
    }

    /**
     * Makes a pool for tasks that may block. A full pool throws {@link RejectedExecutionException}.
     *
     * @param most limit of tasks that wait
     * @param uptime the clock that nobody sets
     */
    public static BoundedThreadPool refusing(String name, int threads, int most, Supplier<Duration> uptime) {
        return new BoundedThreadPool(name, threads, most, uptime, threads(name), new AbortPolicy());
    }

    /** Makes a pool for tasks that do not block. If it is full, the thread that hands over a task runs it. */
    static BoundedThreadPool helping(String name, int threads, int most) {
        return new BoundedThreadPool(
                name,
                threads,
                most,
                () -> Duration.ofNanos(System.nanoTime()),
                threads(name),
                (task, pool) -> task.run());
    }

    /** Makes daemon threads. */
    public static ThreadFactory threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + " " + count.incrementAndGet());
            thread.setDaemon(true);
            // A thread would otherwise keep the class loader of the build that made it start.
            thread.setContextClassLoader(BoundedThreadPool.class.getClassLoader());
            return thread;
        };
    }

    @Override
    public void execute(Runnable task) {
        Runnable guarded = () -> monitor.guard(task);
        try {
            super.execute(guarded);
        } catch (OutOfMemoryError e) {
            // The system allows no more threads, so the existing threads run the task.
            if (getPoolSize() == 0 || !getQueue().offer(guarded)) {
                getRejectedExecutionHandler().rejectedExecution(guarded, this);
            }
        }
        int waiting = getQueue().size();
        if (waiting > 0) {
            monitor.waiting(waiting, getMaximumPoolSize());
        }
    }

    /**
     * Refuses new work early, so that there is room for tasks of work that has begun.
     *
     * @throws RejectedExecutionException if {@code most} or more tasks wait
     */
    public void requireRoom(int most) {
        int waiting = getQueue().size();
        if (waiting >= most) {
            monitor.full(waiting);
            throw new RejectedExecutionException(waiting + " tasks wait already");
        }
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
        monitor.begins(thread);
    }

    @Override
    protected void afterExecute(Runnable task, Throwable failure) {
        monitor.ended(Thread.currentThread());
    }
}
