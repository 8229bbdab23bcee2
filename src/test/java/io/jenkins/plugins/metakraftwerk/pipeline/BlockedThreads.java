package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.client.Workers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import jenkins.util.Timer;

/** Keeps every thread of a pool busy until it is closed, so that what is handed to the pool does not begin. */
final class BlockedThreads implements AutoCloseable {

    /** As many as Jenkins' timer says it has. */
    private static final int TIMER_THREADS = 10;

    private final CountDownLatch over = new CountDownLatch(1);

    private BlockedThreads(Executor pool, int threads) throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            pool.execute(() -> {
                busy.countDown();
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        busy.await();
    }

    /** Those on which the plugin works. */
    static BlockedThreads ofThePlugin() throws InterruptedException {
        return new BlockedThreads(Workers.EXECUTOR, ((ThreadPoolExecutor) Workers.EXECUTOR).getCorePoolSize());
    }

    /** Those on which Jenkins and its plugins find that a time is over. */
    static BlockedThreads ofTheTimer() throws InterruptedException {
        return new BlockedThreads(Timer.get(), TIMER_THREADS);
    }

    @Override
    public void close() {
        over.countDown();
    }
}
