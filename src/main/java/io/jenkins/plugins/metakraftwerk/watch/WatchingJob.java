package io.jenkins.plugins.metakraftwerk.watch;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import java.io.IOException;
import java.time.Duration;

/**
 * A job that starts when builds finish, for a {@link BuildWatcher}: its state, and its log.
 *
 * @param <K> the key by which polls are shared
 */
public interface WatchingJob<K> {

    /** True if it has the trigger now, even one that never polls. Does not block. */
    boolean hasTrigger();

    /** Returns the current trigger. Ask once: it may be removed and added again between two questions. */
    Trigger<K> trigger();

    /** Removes the items of finished builds from the queue. */
    void emptyQueue();

    /** Notes that the memory is known from now on. */
    void begun();

    /** Tells that the job is disabled, or that its trigger has no schedule. */
    void switchedOff();

    /** Tells that its trigger was removed. */
    void lostTrigger();

    /** Tells that the removal of its trigger could not be stored. */
    void lossNotSaved(IOException failure);

    void notRead(IOException failure);

    void notSaved(IOException failure);

    void startNotSaved(FinishedBuild build, IOException failure);

    /** Tells that a person has removed a build for it from the queue. */
    void cancelled(FinishedBuild build);

    /** Tells that the queue has brought back an item whose build had started, or must not start. */
    void broughtBack(FinishedBuild build);

    /** Tells a fault of the program or of its environment. */
    void broken(Throwable failure);

    /** Tells that no thread took a task. Must not block. */
    void notDone(Throwable failure);

    /** The trigger of a job. */
    sealed interface Trigger<K> {

        /** The trigger was removed, or is being created anew. */
        record None<K>() implements Trigger<K> {}

        /** The trigger has no schedule, or the job is disabled. */
        record Off<K>() implements Trigger<K> {}

        /** @param look polls with the settings of the trigger */
        record On<K>(JobPoll<K> look) implements Trigger<K> {}
    }

    /** The reason why nothing can be polled, in words for people. */
    final class CannotPollException extends Exception {
        private static final long serialVersionUID = 1L;

        public CannotPollException(String reason) {
            super(reason);
        }
    }

    /**
     * The builds to poll.
     *
     * @param key by which polls are shared
     * @param server its address
     * @param filter selects its builds
     * @param interval the time until the next poll
     */
    record PollTarget<K>(K key, String server, String filter, Duration interval) {}

    /**
     * One poll, with the settings that the trigger had when it began. Its log entries are written at the end, by {@link
     * #say}.
     */
    interface JobPoll<K> {
        /** @throws CannotPollException for example if a credential is missing */
        PollTarget<K> aim() throws CannotPollException;

        /** Returns the limit of a poll with all its repetitions. */
        Duration longest();

        /** Polls the server, on a virtual thread. */
        PolledBuilds ask(PollTarget<K> aim) throws MetaKraftwerkException, InterruptedException;

        /** True if the poll counts, since job and trigger have not changed. */
        boolean counts(SharedPolls.Poll seen);

        void saw(FinishedBuildTracker.Outcome outcome);

        void changed();

        /** @param left the time for which the server is not polled */
        void paused(Duration left);

        /** Tells that the poll before has not ended within this time. */
        void lost(Duration longest);

        /** Tells the number of polls that got no thread. */
        void late(int times);

        /** @param reason in words for people */
        void failed(String reason);

        void notRead(IOException failure);

        void notSaved(IOException failure);

        void broken(Throwable failure);

        void say();
    }
}
