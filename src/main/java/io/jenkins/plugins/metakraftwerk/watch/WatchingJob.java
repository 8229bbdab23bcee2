package io.jenkins.plugins.metakraftwerk.watch;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import java.io.IOException;
import java.time.Duration;

/**
 * A job that starts when builds finish, as a {@link BuildWatcher} sees it: how it is now, and where is said what happens.
 *
 * @param <K> by which looks are shared
 */
public interface WatchingJob<K> {

    /** Whether it has the trigger now, even one that never looks. Does not block. */
    boolean hasTrigger();

    /** The trigger as it is now: seen once, since it may be removed and be back between two questions. */
    Trigger<K> trigger();

    /** Takes out of the queue what was put there for finished builds. */
    void emptyQueue();

    /** What its memory says is known from now on. */
    void begun();

    /** The job is disabled, or its trigger has no schedule. */
    void switchedOff();

    /** Its trigger was removed. */
    void lostTrigger();

    /** That its trigger was removed could not be stored. */
    void lossNotSaved(IOException failure);

    void notRead(IOException failure);

    void notSaved(IOException failure);

    void startNotSaved(FinishedBuild build, IOException failure);

    /** A build for it was taken out of the queue by somebody. */
    void cancelled(FinishedBuild build);

    /** The queue has brought one back whose build had started, or shall not. */
    void broughtBack(FinishedBuild build);

    /** A fault of the program, or of what it runs in. */
    void broken(Throwable failure);

    /** No thread took something that was to be done. Must not block. */
    void notDone(Throwable failure);

    /** What a job has to look with. */
    sealed interface Trigger<K> {

        /** It was removed, or is being made anew. */
        record None<K>() implements Trigger<K> {}

        /** It has no schedule, or the job is disabled. */
        record Off<K>() implements Trigger<K> {}

        /** @param look by what it says */
        record On<K>(JobPoll<K> look) implements Trigger<K> {}
    }

    /** Why there is nothing to look at, in words for people. */
    final class CannotPollException extends Exception {
        private static final long serialVersionUID = 1L;

        public CannotPollException(String reason) {
            super(reason);
        }
    }

    /**
     * What is looked at.
     *
     * @param server its address
     * @param filter which of its builds
     * @param interval how long it is until the next look
     */
    record PollTarget<K>(K key, String server, String filter, Duration interval) {}

    /** One look, by what the trigger said when it began. What it is told is said at the end, by {@link #say}. */
    interface JobPoll<K> {
        /** @throws CannotPollException as where it lacks a credential */
        PollTarget<K> aim() throws CannotPollException;

        /** How long it may take with all that is tried again. */
        Duration longest();

        /** Asks the server, on a virtual thread. */
        PolledBuilds ask(PollTarget<K> aim) throws MetaKraftwerkException, InterruptedException;

        /** Whether what was seen counts, since job and trigger are as they were. */
        boolean counts(SharedPolls.Poll seen);

        void saw(FinishedBuildTracker.Outcome outcome);

        void changed();

        /** @param left how long the server is not asked */
        void paused(Duration left);

        /** The one before has not ended for so long. */
        void lost(Duration longest);

        /** It was due so often while no thread was free for it. */
        void late(int times);

        /** @param reason in words for people */
        void failed(String reason);

        void notRead(IOException failure);

        void notSaved(IOException failure);

        void broken(Throwable failure);

        void say();
    }
}
