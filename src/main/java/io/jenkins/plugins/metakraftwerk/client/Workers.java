package io.jenkins.plugins.metakraftwerk.client;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The few threads on which answers are read and calls go on. Nothing waits on them, so their number does not grow with the
 * number of calls, as it would with the HTTP client's own executor.
 */
public final class Workers {

    private static final int THREADS =
            Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));
    private static final AtomicInteger COUNT = new AtomicInteger();

    public static final ExecutorService EXECUTOR = executor();

    private Workers() {}

    private static ExecutorService executor() {
        var executor = new ThreadPoolExecutor(
                THREADS, THREADS, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Workers::thread);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "MetaKraftwerk client " + COUNT.incrementAndGet());
        thread.setDaemon(true);
        // A thread would keep the class loader of whatever build made it start.
        thread.setContextClassLoader(Workers.class.getClassLoader());
        return thread;
    }
}
