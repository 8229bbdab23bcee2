package io.jenkins.plugins.metakraftwerk.watch;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets jobs with the same server, credential and filter share one poll. Pauses if a server refuses, since a wrong
 * credential stays wrong until somebody corrects it.
 *
 * @param <K> stands for server, credential and filter
 */
public final class SharedPolls<K> {

    static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(2);
    private static final int DOUBLINGS = 5;

    /** The shortest age up to which a poll is shared, so that jobs that are due in the same minute share one. */
    private static final Duration SHORTEST_SHARING = Duration.ofSeconds(30);

    /**
     * Older polls are dropped. The check comes once in this span, so a poll is kept for up to twice as long.
     */
    static final Duration KEPT = Duration.ofHours(1);

    /** Limit of the builds in all polls that are kept. */
    static final int MOST_BUILDS = 50_000;

    private static final int REMEMBERED = 200;

    /**
     * A poll that has ended well.
     *
     * @param began the uptime at which it began, and {@code at} the same as time of day
     */
    public record Poll(Duration began, Instant at, PolledBuilds seen) {}

    private record Pause(int failures, Duration until) {}

    /** A poll that has begun. */
    private static final class RunningPoll {
        private final Duration began;
        private final Instant at;

        /** Waits for its end. */
        private ReadRetries.ReadCall<Poll> end;

        private RunningPoll(Timing timing) {
            began = timing.uptime();
            at = timing.now();
        }
    }

    private final Supplier<Timing> timing;
    private final Function<K, ?> account;

    /** Guards all fields below. */
    private final Lock lock = new ReentrantLock();

    private final Map<K, Poll> last = bounded();
    private final Map<K, RunningPoll> runningPolls = new LinkedHashMap<>();

    /** By key, and by account for a server that refuses the credential. */
    private final Map<Object, Pause> pauses = bounded();

    /** True if a thread will drop polls that are too old. */
    private boolean watched;

    /**
     * @param timing returns the current timing
     * @param account returns the part of a key that stands for server and credential
     */
    public SharedPolls(Supplier<Timing> timing, Function<K, ?> account) {
        this.timing = timing;
        this.account = account;
    }

    private static <A, B> Map<A, B> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<A, B> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the time for which the server must not be polled; empty if it may be polled. */
    public Optional<Duration> pause(K key) {
        return locked(() -> {
            Duration now = timing.get().uptime();
            Duration left = left(key, now);
            Duration accountLeft = left(account.apply(key), now);
            Duration longer = left.compareTo(accountLeft) > 0 ? left : accountLeft;
            return longer.isZero() || longer.isNegative() ? Optional.empty() : Optional.of(longer);
        });
    }

    private Duration left(Object key, Duration now) {
        Pause pause = pauses.get(key);
        return pause == null ? Duration.ZERO : pause.until().minus(now);
    }

    /**
     * Returns a poll that is on its way, or the last one if it is young enough, or begins one. A job never gets a poll
     * that it had before. A poll is young enough if it is younger than the interval minus one minute, or than half a
     * minute.
     *
     * @param lastBegan the time at which the last poll of the job began; empty before the first
     * @param interval the time until the next poll of the job
     * @param longest the limit of a poll; one that takes longer is not shared
     * @param ask polls the server, on a virtual thread that nobody interrupts
     * @return waits for the poll, also on a virtual thread
     */
    public ReadRetries.ReadCall<Poll> shared(
            K key,
            Optional<Duration> lastBegan,
            Duration interval,
            Duration longest,
            ReadRetries.ReadCall<PolledBuilds> ask) {
        return locked(() -> {
            Duration now = timing.get().uptime();
            RunningPoll current = runningPolls.get(key);
            if (current != null && now.minus(current.began).compareTo(longest) < 0) {
                return current.end;
            }
            Duration sharedAge = interval.minusMinutes(1);
            Duration age = sharedAge.compareTo(SHORTEST_SHARING) > 0 ? sharedAge : SHORTEST_SHARING;
            Poll before = last.get(key);
            if (before != null
                    && lastBegan.map(before.began()::compareTo).orElse(1) > 0
                    && now.minus(before.began()).compareTo(age) < 0) {
                return () -> before;
            }
            return begin(key, ask);
        });
    }

    /** Begins a poll now. */
    public ReadRetries.ReadCall<Poll> own(K key, ReadRetries.ReadCall<PolledBuilds> ask) {
        return locked(() -> begin(key, ask));
    }

    private ReadRetries.ReadCall<Poll> begin(K key, ReadRetries.ReadCall<PolledBuilds> ask) {
        RunningPoll running = new RunningPoll(timing.get());
        var poll = VirtualThreads.begin(Runnable::run, () -> poll(key, running, ask));
        running.end = () -> VirtualThreadWaits.await(poll);
        runningPolls.put(key, running);
        return running.end;
    }

    /** Polls the server. Any failure, even an Error, ends the poll for all who wait for it. */
    private Poll poll(K key, RunningPoll running, ReadRetries.ReadCall<PolledBuilds> ask)
            throws MetaKraftwerkException, InterruptedException {
        try {
            Poll ended = new Poll(running.began, running.at, ask.read());
            return locked(() -> succeeded(key, running, ended));
        } catch (MetaKraftwerkException | InterruptedException | RuntimeException | Error e) {
            locked(() -> failed(key, running, e));
            throw e;
        }
    }

    private Poll succeeded(K key, RunningPoll running, Poll ended) {
        runningPolls.remove(key, running);
        Poll before = last.get(key);
        if (before == null || before.began().compareTo(ended.began()) < 0) {
            last.put(key, ended);
            forgetSome();
            watch();
        }
        pauses.remove(key);
        pauses.remove(account.apply(key));
        return ended;
    }

    /** Drops the poll that was not asked for for the longest time first. */
    private void forgetSome() {
        Iterator<Poll> polls = last.values().iterator();
        for (int builds = builds(); builds > MOST_BUILDS; ) {
            builds -= polls.next().seen().size();
            polls.remove();
        }
    }

    /** Returns the number of builds in all polls that are kept. */
    int builds() {
        return locked(() ->
                last.values().stream().mapToInt(poll -> poll.seen().size()).sum());
    }

    private void watch() {
        if (!watched) {
            watched = true;
            VirtualThreads.start(this::forgetInTime);
        }
    }

    private void forgetInTime() {
        try {
            do {
                VirtualThreadWaits.pause(timing.get(), KEPT);
            } while (locked(this::forgetOld));
        } catch (RejectedExecutionException | InterruptedException e) {
            // The timer has no room for one more wait. Polls work all the same, and the next one starts this again.
            locked(() -> watched = false);
        }
    }

    /** Drops polls that are too old, and polls that an Error has kept from ending. Returns true if others are left. */
    private boolean forgetOld() {
        Duration now = timing.get().uptime();
        last.values().removeIf(poll -> now.minus(poll.began()).compareTo(KEPT) >= 0);
        runningPolls.values().removeIf(running -> now.minus(running.began).compareTo(KEPT) >= 0);
        watched = !last.isEmpty();
        return watched;
    }

    private RunningPoll failed(K key, RunningPoll running, Throwable failure) {
        runningPolls.remove(key, running);
        if (failure instanceof MetaKraftwerkException known && !known.retryable()) {
            boolean unauthorized = known.is(401);
            pauses.merge(
                    unauthorized ? account.apply(key) : key,
                    new Pause(1, timing.get().uptime().plus(FIRST_PAUSE)),
                    (before, first) -> longer(before));
        }
        return running;
    }

    private Pause longer(Pause before) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(before.failures(), DOUBLINGS));
        Duration pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return new Pause(before.failures() + 1, timing.get().uptime().plus(pause));
    }
}
