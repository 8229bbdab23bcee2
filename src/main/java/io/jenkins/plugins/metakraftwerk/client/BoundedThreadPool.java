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
 * A few threads that exist while there is something to do, and a bounded queue before them. Whatever a task throws is
 * logged, and costs no thread. A pool that is full or stuck says so.
 */
public final class BoundedThreadPool extends ThreadPoolExecutor {

    private static final int IDLE_SECONDS = 60;

    private final ThreadPoolMonitor watch;

    /**
     * @param most how many tasks may wait
     * @param full what becomes of a task that there is no room for
     */
    BoundedThreadPool(
            String name,
            int threads,
            int most,
            Supplier<Duration> uptime,
            ThreadFactory factory,
            RejectedExecutionHandler full) {
        super(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(most), factory);
        watch = new ThreadPoolMonitor(name, uptime);
        allowCoreThreadTimeOut(true);
        setRejectedExecutionHandler((task, pool) -> {
            watch.full(getQueue().size());
            full.rejectedExecution(task, pool);
        });
    }

    /**
     * For tasks that may block. Whoever hands over a task that there is no room for hears so by an exception.
     *
     * @param most how many tasks may wait
     * @param uptime the time that nobody sets
     */
    public static BoundedThreadPool refusing(String name, int threads, int most, Supplier<Duration> uptime) {
        return new BoundedThreadPool(name, threads, most, uptime, threads(name), new AbortPolicy());
    }

    /** For tasks that do not block. Whoever hands over a task that there is no room for does it. */
    static BoundedThreadPool helping(String name, int threads, int most) {
        return new BoundedThreadPool(
                name,
                threads,
                most,
                () -> Duration.ofNanos(System.nanoTime()),
                threads(name),
                (task, pool) -> task.run());
    }

    /** Makes threads that keep no process alive. */
    public static ThreadFactory threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + " " + count.incrementAndGet());
            thread.setDaemon(true);
            // A thread would keep the class loader of whatever build made it start.
            thread.setContextClassLoader(BoundedThreadPool.class.getClassLoader());
            return thread;
        };
    }

    @Override
    public void execute(Runnable task) {
        Runnable guarded = () -> watch.guard(task);
        try {
            super.execute(guarded);
        } catch (OutOfMemoryError e) {
            // The system allows no more threads: those that there are do it.
            if (getPoolSize() == 0 || !getQueue().offer(guarded)) {
                getRejectedExecutionHandler().rejectedExecution(guarded, this);
            }
        }
        int waiting = getQueue().size();
        if (waiting > 0) {
            watch.waiting(waiting, getMaximumPoolSize());
        }
    }

    /**
     * Leaves room for what has begun.
     *
     * @throws RejectedExecutionException where so many tasks wait that nothing new is to begin
     */
    public void requireRoom(int most) {
        int waiting = getQueue().size();
        if (waiting >= most) {
            watch.full(waiting);
            throw new RejectedExecutionException(waiting + " tasks wait already");
        }
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
        watch.begins(thread);
    }

    @Override
    protected void afterExecute(Runnable task, Throwable failure) {
        watch.ended(Thread.currentThread());
    }
}
