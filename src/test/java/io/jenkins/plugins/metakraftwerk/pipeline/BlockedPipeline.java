package io.jenkins.plugins.metakraftwerk.pipeline;

import java.util.concurrent.CountDownLatch;

/** Keeps the thread of a Pipeline busy, so that its program cannot be saved; one at a time. */
public final class BlockedPipeline {

    /** For a script without a sandbox: blocks right there. */
    static final String HERE = BlockedPipeline.class.getName() + ".here()";

    private static CountDownLatch blocked;
    private static CountDownLatch over;

    private BlockedPipeline() {}

    static void prepare() {
        blocked = new CountDownLatch(1);
        over = new CountDownLatch(1);
    }

    /** What the script calls. */
    public static void here() throws InterruptedException {
        blocked.countDown();
        over.await();
    }

    static void await() throws InterruptedException {
        blocked.await();
    }

    static void end() {
        over.countDown();
    }
}
