package io.jenkins.plugins.metakraftwerk.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets the JDK's HTTP client finish only a few exchanges at a time. The client finishes an exchange on the default
 * executor of futures. Before Java 25, that is a new thread for each task on a machine with one or two processors. A
 * thousand responses at once would be hundreds of threads. Nobody waits for that end: the response has been read by
 * then.
 */
final class ResponseGate {

    private static final int MOST = 4;

    private final Executor executor;
    private final Deque<Pass> waiting = new ArrayDeque<>();
    private final Lock lock = new ReentrantLock();
    private int underWay;

    /** @param executor finishes the exchanges that had to wait */
    ResponseGate(Executor executor) {
        this.executor = executor;
    }

    Pass pass() {
        return new Pass();
    }

    private void handOver(Runnable finish) {
        try {
            executor.execute(finish);
        } catch (RuntimeException | Error e) {
            // Otherwise its place would never be free again.
            finish.run();
        }
    }

    /** The way of one exchange through the gate. Its fields are guarded by the lock of the gate. */
    final class Pass {

        private Runnable finish;
        private boolean counted;
        private boolean ended;

        /** Lets the HTTP client finish the exchange, now or when a place is free. */
        void begin(Runnable finish) {
            lock.lock();
            try {
                if (!ended && underWay == MOST) {
                    this.finish = finish;
                    waiting.add(this);
                    return;
                }
                if (!ended) {
                    counted = true;
                    underWay++;
                }
            } finally {
                lock.unlock();
            }
            finish.run();
        }

        /** Marks the exchange as over. If a call is cancelled, this may come before {@link #begin}. */
        void end() {
            Pass next = null;
            lock.lock();
            try {
                ended = true;
                if (counted) {
                    counted = false;
                    underWay--;
                    next = waiting.poll();
                } else if (waiting.remove(this)) {
                    // Nobody waits for it any more, but the HTTP client must learn that the response is over.
                    next = this;
                }
                if (next != null && !next.ended) {
                    next.counted = true;
                    underWay++;
                }
            } finally {
                lock.unlock();
            }
            if (next != null) {
                handOver(next.finish);
            }
        }
    }
}
