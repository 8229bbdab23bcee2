package io.jenkins.plugins.metakraftwerk.run;

import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Lets all who ask for a save while one is under way, or during the rest that follows it, share the next: with a thousand
 * branches, each must not wait for a save of its own. Whatever goes wrong with one, those who wait for it hear so, and the
 * next begins.
 */
@Restricted(NoExternalUse.class)
public final class BatchedSaves {

    /** How much longer than a save the rest after it is, so that whoever else needs the same thing gets on too. */
    private static final int REST = 4;

    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    /** One save for all who wait for it, on virtual threads. */
    public static final class Save implements ReadRetries.ReadCall<Void> {
        private final ReadRetries.ReadCall<?> by;
        private final Signal over = new Signal();
        private int waiters;
        private volatile Throwable failure;

        private Save(ReadRetries.ReadCall<?> by) {
            this.by = by;
        }

        /** Waits until it is done, or fails as it did. */
        @Override
        public Void read() throws InterruptedException {
            over.await();
            if (failure != null) {
                throw new CompletionException(failure);
            }
            return null;
        }

        public boolean hasFailed() {
            return failure != null;
        }

        private void make() throws InterruptedException {
            try {
                by.read();
            } catch (MetaKraftwerkException | RuntimeException | Error e) {
                failure = Futures.cause(e);
            }
            over.give();
        }
    }

    private final ReentrantLock lock = new ReentrantLock();

    /** Whether there is a thread that saves, or rests after it. Guarded by the lock, as is what follows. */
    private boolean busy;

    /** Has not begun; null where nobody waits. */
    private Save next;

    /**
     * Asks for a save. It begins now or when the one before has ended. Does not block.
     *
     * @param by saves, on a virtual thread; of those who share one, the first brings it. Where it is interrupted, Jenkins
     *     stops: nobody hears of that save, and no other begins
     * @return a save that begins after this call
     */
    public Save ask(ReadRetries.ReadCall<?> by) {
        lock.lock();
        try {
            if (next == null) {
                next = new Save(by);
            }
            next.waiters++;
            Save asked = next;
            if (!busy) {
                VirtualThreads.start(this::saveAll);
                busy = true;
            }
            return asked;
        } finally {
            lock.unlock();
        }
    }

    private void saveAll() {
        try {
            for (Save save = take(); save != null; save = take()) {
                Duration began = Threads.timing().uptime();
                save.make();
                // What is saved one after another needs no rest between.
                if (save.waiters > 1) {
                    rest(Threads.timing().uptime().minus(began).multipliedBy(REST));
                }
            }
        } catch (InterruptedException e) {
            // Jenkins stops.
        }
    }

    /** What is to begin now; null where nobody waits. */
    private Save take() {
        lock.lock();
        try {
            Save taken = next;
            next = null;
            busy = taken != null;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private static void rest(Duration rest) throws InterruptedException {
        try {
            VirtualThreadWaits.pause(Threads.timing(), rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST);
        } catch (RuntimeException | Error e) {
            // Better without a rest than for ever.
        }
    }
}
