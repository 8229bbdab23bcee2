package io.jenkins.plugins.metakraftwerk.watch;

import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The looks of a job, one after another. Whatever goes wrong with one, even with its words, the next one comes. */
final class JobLooks<K> {

    /** A look that has not ended. */
    private record Running<K>(WatchingJob.Look<K> look, Duration began) {}

    private final FinishedBuilds builds;
    private final SharedLooks<K> looks;
    private final Supplier<Timing> timing;
    private final Handover handover;
    private final BooleanSupplier holds;
    private final Consumer<Boolean> over;
    private final AtomicReference<Running<K>> running = new AtomicReference<>();

    /** How often a look was due and did not come to a thread. */
    private final AtomicInteger missed = new AtomicInteger();

    /** When the look began that the job has had last; null before its first. */
    private volatile Duration had;

    /**
     * @param holds whether what is stored of the job still holds, so that what was seen may be held against it
     * @param over hears of the end of each, and whether job and trigger were still as they were when it began
     */
    JobLooks(
            FinishedBuilds builds,
            SharedLooks<K> looks,
            Supplier<Timing> timing,
            Handover handover,
            BooleanSupplier holds,
            Consumer<Boolean> over) {
        this.builds = builds;
        this.looks = looks;
        this.timing = timing;
        this.handover = handover;
        this.holds = holds;
        this.over = over;
    }

    /** One more was due, and no thread took it. */
    void miss() {
        missed.incrementAndGet();
    }

    /** What is on its way does not count any more: it was asked for before what has happened now. */
    void letGo() {
        running.set(null);
    }

    /** Begins with this one, unless another is still on its way. */
    void look(WatchingJob.Look<K> look) {
        Running<K> mine = new Running<>(look, timing.get().uptime());
        Running<K> before = running.get();
        boolean lost = before != null
                && mine.began().minus(before.began()).compareTo(before.look().longest()) >= 0;
        if ((before != null && !lost) || !running.compareAndSet(before, mine)) {
            return;
        }
        try {
            if (lost) {
                look.lost(before.look().longest());
            }
            int late = missed.getAndSet(0);
            if (late > 0) {
                look.late(late);
            }
            ask(mine);
        } catch (WatchingJob.CannotLook e) {
            end(mine, true, () -> look.failed(e.getMessage()));
        } catch (IOException e) {
            end(mine, true, () -> look.notRead(e));
        } catch (RuntimeException | Error e) {
            end(mine, true, () -> look.broken(e));
        }
    }

    private void ask(Running<K> mine) throws WatchingJob.CannotLook, IOException {
        WatchingJob.Look<K> look = mine.look();
        WatchingJob.Aim<K> aim = look.aim();
        Optional<Duration> pause = looks.pause(aim.key());
        if (pause.isPresent()) {
            end(mine, true, () -> look.paused(pause.get()));
            return;
        }
        Supplier<CompletableFuture<BuildsLook>> ask = () -> look.ask(aim);
        CompletableFuture<SharedLooks.Look> seen = builds.isFirst(aim.server(), aim.filter())
                ? looks.own(aim.key(), ask)
                : looks.shared(aim.key(), Optional.ofNullable(had), aim.interval(), look.longest(), ask);
        seen.whenComplete((found, failure) -> {
            if (!handover.soon(mine, () -> ended(mine, aim, found, failure))) {
                miss();
                running.compareAndSet(mine, null);
            }
        });
    }

    private void ended(Running<K> mine, WatchingJob.Aim<K> aim, SharedLooks.Look seen, Throwable failure) {
        WatchingJob.Look<K> look = mine.look();
        try {
            if (failure == null) {
                saw(mine, aim, seen);
            } else if (Futures.cause(failure) instanceof MetaKraftwerkException known) {
                end(mine, true, () -> look.failed(known.getLocalizedMessage()));
            } else {
                end(mine, true, () -> look.broken(Futures.cause(failure)));
            }
        } catch (IOException e) {
            end(mine, true, () -> look.notSaved(e));
        } catch (RuntimeException | Error e) {
            end(mine, true, () -> look.broken(e));
        }
    }

    private void saw(Running<K> mine, WatchingJob.Aim<K> aim, SharedLooks.Look seen) throws IOException {
        WatchingJob.Look<K> look = mine.look();
        FinishedBuilds.Outcome outcome = null;
        // Whoever switches it off does that before or after both.
        synchronized (builds) {
            if (running.get() == mine && look.counts(seen) && holds.getAsBoolean()) {
                outcome = builds.saw(aim.server(), aim.filter(), seen.seen(), seen.at());
                had = seen.began();
            }
        }
        FinishedBuilds.Outcome came = outcome;
        end(mine, came != null, came == null ? look::changed : () -> look.saw(came));
    }

    private void end(Running<K> mine, boolean counted, Runnable words) {
        try {
            words.run();
        } catch (RuntimeException | Error e) {
            mine.look().broken(e);
        } finally {
            running.compareAndSet(mine, null);
            mine.look().say();
        }
        over.accept(counted);
    }
}
