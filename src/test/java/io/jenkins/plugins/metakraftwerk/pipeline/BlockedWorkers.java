package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.client.Workers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;

/** Keeps every thread of the plugin busy until it is closed, so that what is handed to them does not begin. */
final class BlockedWorkers implements AutoCloseable {

    private final CountDownLatch over = new CountDownLatch(1);

    BlockedWorkers() throws InterruptedException {
        int threads = ((ThreadPoolExecutor) Workers.EXECUTOR).getCorePoolSize();
        CountDownLatch busy = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            Workers.EXECUTOR.execute(() -> {
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

    @Override
    public void close() {
        over.countDown();
    }
}
