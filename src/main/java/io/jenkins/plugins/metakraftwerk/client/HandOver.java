package io.jenkins.plugins.metakraftwerk.client;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The moment in which the JDK's HTTP client hands a complete answer over. It does so by a task of the default executor of
 * {@link java.util.concurrent.CompletableFuture}, which on a machine of one or two processors is a new thread for each
 * task: a thousand answers at once would be hundreds of threads. So only a few are let through at a time; the others
 * wait without a thread.
 */
final class HandOver {

    private static final int MOST = 8;

    /** Guards all that follows. */
    private static final Object LOCK = new Object();

    private static final Deque<HandOver> WAITING = new ArrayDeque<>();
    private static int underWay;

    private Runnable delivery;
    private boolean counted;
    private boolean ended;

    /** Lets the HTTP client have the answer, now or when it is its turn. */
    void begin(Runnable delivery) {
        synchronized (LOCK) {
            if (!ended && underWay == MOST) {
                this.delivery = delivery;
                WAITING.add(this);
                return;
            }
            if (!ended) {
                counted = true;
                underWay++;
            }
        }
        delivery.run();
    }

    /** The answer has been handed over, or never will be; may come before the beginning, where a call is cancelled. */
    void end() {
        HandOver next = null;
        synchronized (LOCK) {
            ended = true;
            if (counted) {
                counted = false;
                underWay--;
                next = WAITING.poll();
            } else if (delivery != null && WAITING.remove(this)) {
                // Nobody waits for it any more, but the HTTP client must learn that the answer is over.
                next = this;
            }
            if (next != null && !next.ended) {
                next.counted = true;
                underWay++;
            }
        }
        if (next != null) {
            Workers.EXECUTOR.execute(next.delivery);
        }
    }
}
