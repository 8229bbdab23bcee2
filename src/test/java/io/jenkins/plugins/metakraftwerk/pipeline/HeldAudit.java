package io.jenkins.plugins.metakraftwerk.pipeline;

import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Holds up whoever notes something in the audit log, until it is closed: the step has a result then, and has not ended. */
final class HeldAudit extends Handler {

    private static final Logger AUDIT = Logger.getLogger("io.jenkins.plugins.metakraftwerk.audit");

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final String event;
    private final String build;

    /** @param build of MetaKraftwerk */
    HeldAudit(String event, long build) {
        this.event = "\"" + event + "\"";
        this.build = String.valueOf(build);
        AUDIT.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getMessage().contains(event) && line.getMessage().contains(build)) {
            held.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns when somebody is held up. */
    void await() throws InterruptedException {
        held.await();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        AUDIT.removeHandler(this);
        over.countDown();
    }
}
