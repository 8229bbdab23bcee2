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
 * Lets all who would see the same share one look, and makes pauses where a server refuses: a credential that is wrong
 * stays so until somebody corrects it.
 *
 * @param <K> stands for server, credential and filter
 */
public final class SharedPolls<K> {

    static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(2);
    private static final int DOUBLINGS = 5;

    /** Who is due within the same minute shares a look, however often that is. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(30);

    /** Who looks less often asks anew. */
    static final Duration KEPT = Duration.ofHours(1);

    /** In all that are remembered. */
    static final int MOST_BUILDS = 50_000;

    private static final int REMEMBERED = 200;

    /**
     * What was seen.
     *
     * @param began when the look began, on the clock that nobody sets, and {@code at} the same for people
     */
    public record Poll(Duration began, Instant at, PolledBuilds seen) {}

    private record Pause(int failures, Duration until) {}

    /** A look that has begun. */
    private static final class RunningPoll {
        private final Duration began;
        private final Instant at;

        /** Waits for it. */
        private ReadRetries.ReadCall<Poll> end;

        private RunningPoll(Timing timing) {
            began = timing.uptime();
            at = timing.now();
        }
    }

    private final Supplier<Timing> timing;
    private final Function<K, ?> account;

    /** Guards all that is below. */
    private final Lock lock = new ReentrantLock();

    private final Map<K, Poll> last = bounded();
    private final Map<K, RunningPoll> onTheirWay = new LinkedHashMap<>();

    /** By keys, and by accounts where those are refused. */
    private final Map<Object, Pause> pauses = bounded();

    /** Whether somebody will see what is too old. */
    private boolean watched;

    /**
     * @param timing the time as it goes now
     * @param account what of a key stands for server and credential alone
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

    private <T> T locked(Supplier<T> what) {
        lock.lock();
        try {
            return what.get();
        } finally {
            lock.unlock();
        }
    }

    /** How long nothing is to be asked; empty where it may be. */
    public Optional<Duration> pause(K key) {
        return locked(() -> {
            Duration now = timing.get().uptime();
            Duration left = left(key, now);
            Duration ofAccount = left(account.apply(key), now);
            Duration longer = left.compareTo(ofAccount) > 0 ? left : ofAccount;
            return longer.isZero() || longer.isNegative() ? Optional.empty() : Optional.of(longer);
        });
    }

    private Duration left(Object key, Duration now) {
        Pause pause = pauses.get(key);
        return pause == null ? Duration.ZERO : pause.until().minus(now);
    }

    /**
     * A look that is on its way, or the last one if that is younger than the interval less a minute and than an hour, or a new
     * one; never one that tells who asks nothing new.
     *
     * @param had when the look began that who asks has had last; empty before the first
     * @param interval how long it is until the next look of who asks
     * @param longest how long a look can take; one that has not ended by then is waited for no more
     * @param ask looks at the server, on a virtual thread that nobody interrupts
     * @return waits for it, on a virtual thread too
     */
    public ReadRetries.ReadCall<Poll> shared(
            K key,
            Optional<Duration> had,
            Duration interval,
            Duration longest,
            ReadRetries.ReadCall<PolledBuilds> ask) {
        return locked(() -> {
            Duration now = timing.get().uptime();
            RunningPoll current = onTheirWay.get(key);
            if (current != null && now.minus(current.began).compareTo(longest) < 0) {
                return current.end;
            }
            Duration shared = interval.minusMinutes(1);
            Duration age = shared.compareTo(SAME_MOMENT) > 0 ? shared : SAME_MOMENT;
            Poll before = last.get(key);
            if (before != null
                    && had.map(before.began()::compareTo).orElse(1) > 0
                    && now.minus(before.began()).compareTo(age) < 0) {
                return () -> before;
            }
            return begin(key, ask);
        });
    }

    /** A look that begins now. */
    public ReadRetries.ReadCall<Poll> own(K key, ReadRetries.ReadCall<PolledBuilds> ask) {
        return locked(() -> begin(key, ask));
    }

    private ReadRetries.ReadCall<Poll> begin(K key, ReadRetries.ReadCall<PolledBuilds> ask) {
        RunningPoll flight = new RunningPoll(timing.get());
        var look = VirtualThreads.begin(Runnable::run, () -> look(key, flight, ask));
        flight.end = () -> VirtualThreadWaits.await(look);
        onTheirWay.put(key, flight);
        return flight.end;
    }

    /** Whatever goes wrong, even an Error, ends the look for all who wait for it. */
    private Poll look(K key, RunningPoll flight, ReadRetries.ReadCall<PolledBuilds> ask)
            throws MetaKraftwerkException, InterruptedException {
        try {
            Poll made = new Poll(flight.began, flight.at, ask.read());
            return locked(() -> succeeded(key, flight, made));
        } catch (MetaKraftwerkException | InterruptedException | RuntimeException | Error e) {
            locked(() -> failed(key, flight, e));
            throw e;
        }
    }

    private Poll succeeded(K key, RunningPoll flight, Poll made) {
        onTheirWay.remove(key, flight);
        Poll before = last.get(key);
        if (before == null || before.began().compareTo(made.began()) < 0) {
            last.put(key, made);
            forgetSome();
            watch();
        }
        pauses.remove(key);
        pauses.remove(account.apply(key));
        return made;
    }

    /** The one that nobody has asked for the longest goes first. */
    private void forgetSome() {
        Iterator<Poll> looks = last.values().iterator();
        for (int builds = builds(); builds > MOST_BUILDS; ) {
            builds -= looks.next().seen().size();
            looks.remove();
        }
    }

    /** How many builds are remembered in all. */
    int builds() {
        return locked(() ->
                last.values().stream().mapToInt(look -> look.seen().size()).sum());
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
            // Too many wait for the timer. The looks count all the same, and the next one tries again.
            locked(() -> watched = false);
        }
    }

    /** What is too old is of use to nobody; nor is a look that an Error has kept from ending. Whether there is more. */
    private boolean forgetOld() {
        Duration now = timing.get().uptime();
        last.values().removeIf(look -> now.minus(look.began()).compareTo(KEPT) >= 0);
        onTheirWay.values().removeIf(flight -> now.minus(flight.began).compareTo(KEPT) >= 0);
        watched = !last.isEmpty();
        return watched;
    }

    private RunningPoll failed(K key, RunningPoll flight, Throwable failure) {
        onTheirWay.remove(key, flight);
        if (failure instanceof MetaKraftwerkException known && !known.retryable()) {
            boolean unauthorized = known.is(401);
            pauses.merge(
                    unauthorized ? account.apply(key) : key,
                    new Pause(1, timing.get().uptime().plus(FIRST_PAUSE)),
                    (before, first) -> longer(before));
        }
        return flight;
    }

    private Pause longer(Pause before) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(before.failures(), DOUBLINGS));
        Duration pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return new Pause(before.failures() + 1, timing.get().uptime().plus(pause));
    }
}
