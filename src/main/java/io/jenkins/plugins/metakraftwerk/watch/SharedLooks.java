package io.jenkins.plugins.metakraftwerk.watch;

import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets all who would see the same share one look, and makes pauses where a server refuses: a credential that is wrong
 * stays so until somebody corrects it.
 *
 * @param <K> stands for server, credential and filter
 */
public final class SharedLooks<K> {

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
    public record Look(Duration began, Instant at, BuildsLook seen) {}

    private record Pause(int failures, Duration until) {}

    /** A look that has begun, and who waits for it. */
    private record Flight(Duration began, Instant at, CompletableFuture<Look> end) {}

    private final Supplier<Timing> timing;
    private final Function<K, ?> account;
    private final Map<K, Look> last = bounded();
    private final Map<K, Flight> onTheirWay = new LinkedHashMap<>();

    /** By keys, and by accounts where those are refused. */
    private final Map<Object, Pause> pauses = bounded();

    /** Whether somebody will see what is too old. */
    private boolean watched;

    /**
     * @param timing the time as it goes now
     * @param account what of a key stands for server and credential alone
     */
    public SharedLooks(Supplier<Timing> timing, Function<K, ?> account) {
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

    /** How long nothing is to be asked; empty where it may be. */
    public synchronized Optional<Duration> pause(K key) {
        Duration now = timing.get().uptime();
        Duration left = left(key, now);
        Duration ofAccount = left(account.apply(key), now);
        Duration longer = left.compareTo(ofAccount) > 0 ? left : ofAccount;
        return longer.isZero() || longer.isNegative() ? Optional.empty() : Optional.of(longer);
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
     * @param ask looks at the server
     */
    public CompletableFuture<Look> shared(
            K key,
            Optional<Duration> had,
            Duration interval,
            Duration longest,
            Supplier<CompletableFuture<BuildsLook>> ask) {
        Flight flight;
        synchronized (this) {
            Duration now = timing.get().uptime();
            Flight current = onTheirWay.get(key);
            if (current != null && now.minus(current.began()).compareTo(longest) < 0) {
                return current.end().copy();
            }
            Duration shared = interval.minusMinutes(1);
            Duration age = shared.compareTo(SAME_MOMENT) > 0 ? shared : SAME_MOMENT;
            Look before = last.get(key);
            if (before != null
                    && had.map(before.began()::compareTo).orElse(1) > 0
                    && now.minus(before.began()).compareTo(age) < 0) {
                return CompletableFuture.completedFuture(before);
            }
            flight = begin(key);
        }
        return look(key, flight, ask);
    }

    /** A look that begins now. */
    public CompletableFuture<Look> own(K key, Supplier<CompletableFuture<BuildsLook>> ask) {
        return look(key, begin(key), ask);
    }

    private synchronized Flight begin(K key) {
        Flight flight = new Flight(timing.get().uptime(), timing.get().now(), new CompletableFuture<>());
        onTheirWay.put(key, flight);
        return flight;
    }

    /** Whatever goes wrong, even an Error, ends the look for all who wait for it. */
    private CompletableFuture<Look> look(K key, Flight flight, Supplier<CompletableFuture<BuildsLook>> ask) {
        CompletableFuture<Look> copy = flight.end().copy();
        try {
            ask.get().whenComplete((seen, failure) -> {
                try {
                    ended(key, flight, seen, failure);
                } catch (RuntimeException | Error e) {
                    failed(key, flight, e);
                }
            });
        } catch (RuntimeException | Error e) {
            failed(key, flight, e);
        }
        return copy;
    }

    private void ended(K key, Flight flight, BuildsLook seen, Throwable failure) {
        if (failure == null) {
            Look made = new Look(flight.began(), flight.at(), seen);
            succeeded(key, flight, made);
            flight.end().complete(made);
        } else {
            failed(key, flight, Futures.cause(failure));
        }
    }

    private synchronized void succeeded(K key, Flight flight, Look made) {
        onTheirWay.remove(key, flight);
        Look before = last.get(key);
        if (before == null || before.began().compareTo(made.began()) < 0) {
            last.put(key, made);
            forgetSome();
            watch();
        }
        pauses.remove(key);
        pauses.remove(account.apply(key));
    }

    /** The one that nobody has asked for the longest goes first. */
    private void forgetSome() {
        Iterator<Look> looks = last.values().iterator();
        for (int builds = builds(); builds > MOST_BUILDS; ) {
            builds -= looks.next().seen().size();
            looks.remove();
        }
    }

    /** How many builds are remembered in all. */
    synchronized int builds() {
        return last.values().stream().mapToInt(look -> look.seen().size()).sum();
    }

    private void watch() {
        if (watched) {
            return;
        }
        try {
            watched = true;
            timing.get().after(KEPT).whenComplete((over, failure) -> forgetOld());
        } catch (RejectedExecutionException e) {
            // Too many wait for the timer. The look counts all the same, and the next one tries again.
            watched = false;
        }
    }

    /** What is too old is of use to nobody; nor is a look that an Error has kept from ending. */
    private synchronized void forgetOld() {
        watched = false;
        Duration now = timing.get().uptime();
        last.values().removeIf(look -> now.minus(look.began()).compareTo(KEPT) >= 0);
        onTheirWay.values().removeIf(flight -> now.minus(flight.began()).compareTo(KEPT) >= 0);
        if (!last.isEmpty()) {
            watch();
        }
    }

    private void failed(K key, Flight flight, Throwable failure) {
        try {
            pauseAfter(key, flight, failure);
        } finally {
            flight.end().completeExceptionally(failure);
        }
    }

    private synchronized void pauseAfter(K key, Flight flight, Throwable failure) {
        onTheirWay.remove(key, flight);
        if (failure instanceof MetaKraftwerkException known && !known.retryable()) {
            boolean unauthorized = known.is(401);
            pauses.merge(
                    unauthorized ? account.apply(key) : key,
                    new Pause(1, timing.get().uptime().plus(FIRST_PAUSE)),
                    (before, first) -> longer(before));
        }
    }

    private Pause longer(Pause before) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(before.failures(), DOUBLINGS));
        Duration pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return new Pause(before.failures() + 1, timing.get().uptime().plus(pause));
    }
}
