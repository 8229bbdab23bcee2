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
 * Combines saves: all callers that ask while a save is under way, or in the pause after it, share the next. With a
 * thousand branches, each must not wait for a save of its own. If a save fails, its callers get the failure, and the
 * next begins.
 */
@Restricted(NoExternalUse.class)
public final class BatchedSaves {

    /**
     * Factor of the pause after a save, in times of its duration, so that others who need the disk or the lock get on
     * too.
     */
    private static final int PAUSE_FACTOR = 4;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** Save that is shared by all callers that wait for it on virtual threads. */
    public static final class Save implements ReadRetries.ReadCall<Void> {
        private final ReadRetries.ReadCall<?> action;
        private final Signal done = new Signal();
        private int waiters;
        private volatile Throwable failure;

        private Save(ReadRetries.ReadCall<?> action) {
            this.action = action;
        }

        /** Waits until the save is done. Throws its failure if it failed. */
        @Override
        public Void read() throws InterruptedException {
            done.await();
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
                action.read();
            } catch (MetaKraftwerkException | RuntimeException | Error e) {
                failure = Futures.cause(e);
            }
            done.give();
        }
    }

    private final ReentrantLock lock = new ReentrantLock();

    /** True if a thread saves or pauses after that. Guarded by the lock, like the field below. */
    private boolean busy;

    /** The save that has not begun; null if nobody waits. */
    private Save next;

    /**
     * Asks for a save. It begins now or when the one before has ended. Does not block.
     *
     * @param action saves, on a virtual thread; the first caller of a shared save decides which. If it is interrupted,
     *     Jenkins stops: this save never ends, and no other begins
     * @return a save that begins after this call
     */
    public Save ask(ReadRetries.ReadCall<?> action) {
        lock.lock();
        try {
            if (next == null) {
                next = new Save(action);
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
                // A save for a single caller needs no pause after it.
                if (save.waiters > 1) {
                    pause(Threads.timing().uptime().minus(began).multipliedBy(PAUSE_FACTOR));
                }
            }
        } catch (InterruptedException e) {
            // Jenkins stops.
        }
    }

    /** Takes the save to begin now; null if nobody waits. */
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

    private static void pause(Duration pause) throws InterruptedException {
        try {
            VirtualThreadWaits.pause(Threads.timing(), pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        } catch (RuntimeException | Error e) {
            // Without a pause, since waiting for ever would be worse.
        }
    }
}
