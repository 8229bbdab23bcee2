package io.jenkins.plugins.metakraftwerk.watch;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The polls of a job, one after another. If a poll fails, even with the words about it, the next one comes all the
 * same.
 */
final class JobPolls<K> {

    /** A poll that has not ended. */
    private record Running<K>(WatchingJob.JobPoll<K> look, Duration began) {}

    private final FinishedBuildTracker builds;
    private final SharedPolls<K> looks;
    private final Supplier<Timing> timing;
    private final TaskHandover handover;
    private final BooleanSupplier holds;
    private final Consumer<Boolean> over;
    private final AtomicReference<Running<K>> running = new AtomicReference<>();

    /** Polls that were due and got no thread. */
    private final AtomicInteger missed = new AtomicInteger();

    /** The time at which the last poll of the job began; null before the first. */
    private volatile Duration had;

    /**
     * @param memoryHolds tells if the stored memory still fits to the job, so that a poll may be compared with it
     * @param onEnd gets true at the end of a poll if job and trigger have not changed since its beginning
     */
    JobPolls(
            FinishedBuildTracker builds,
            SharedPolls<K> looks,
            Supplier<Timing> timing,
            TaskHandover handover,
            BooleanSupplier holds,
            Consumer<Boolean> over) {
        this.builds = builds;
        this.looks = looks;
        this.timing = timing;
        this.handover = handover;
        this.holds = holds;
        this.over = over;
    }

    /** Counts a poll that was due and got no thread. */
    void miss() {
        missed.incrementAndGet();
    }

    /** Ignores the poll on its way, since it began before the change that has happened now. */
    void letGo() {
        running.set(null);
    }

    /** Begins this poll, unless another is still on its way. */
    void look(WatchingJob.JobPoll<K> look) {
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
        } catch (WatchingJob.CannotPollException e) {
            end(mine, true, () -> look.failed(e.getMessage()));
        } catch (IOException e) {
            end(mine, true, () -> look.notRead(e));
        } catch (RuntimeException | Error e) {
            end(mine, true, () -> look.broken(e));
        }
    }

    private void ask(Running<K> mine) throws WatchingJob.CannotPollException, IOException {
        WatchingJob.JobPoll<K> look = mine.look();
        WatchingJob.PollTarget<K> aim = look.aim();
        Optional<Duration> pause = looks.pause(aim.key());
        if (pause.isPresent()) {
            end(mine, true, () -> look.paused(pause.get()));
            return;
        }
        ReadRetries.ReadCall<PolledBuilds> ask = () -> look.ask(aim);
        ReadRetries.ReadCall<SharedPolls.Poll> seen = builds.isFirst(aim.server(), aim.filter())
                ? looks.own(aim.key(), ask)
                : looks.shared(aim.key(), Optional.ofNullable(had), aim.interval(), look.longest(), ask);
        VirtualThreads.start(() -> await(mine, aim, seen));
    }

    /** Waits for the poll, and hands the rest to a thread that may block. */
    private void await(Running<K> mine, WatchingJob.PollTarget<K> aim, ReadRetries.ReadCall<SharedPolls.Poll> seen) {
        if (!handover.soon(mine, ending(mine, aim, seen))) {
            miss();
            running.compareAndSet(mine, null);
        }
    }

    private Runnable ending(
            Running<K> mine, WatchingJob.PollTarget<K> aim, ReadRetries.ReadCall<SharedPolls.Poll> seen) {
        try {
            SharedPolls.Poll found = seen.read();
            return () -> ended(mine, aim, found);
        } catch (MetaKraftwerkException e) {
            return () -> end(mine, true, () -> mine.look().failed(e.getLocalizedMessage()));
        } catch (InterruptedException | RuntimeException | Error e) {
            return () -> end(mine, true, () -> mine.look().broken(e));
        }
    }

    private void ended(Running<K> mine, WatchingJob.PollTarget<K> aim, SharedPolls.Poll seen) {
        try {
            saw(mine, aim, seen);
        } catch (IOException e) {
            end(mine, true, () -> mine.look().notSaved(e));
        } catch (RuntimeException | Error e) {
            end(mine, true, () -> mine.look().broken(e));
        }
    }

    private void saw(Running<K> mine, WatchingJob.PollTarget<K> aim, SharedPolls.Poll seen) throws IOException {
        WatchingJob.JobPoll<K> look = mine.look();
        FinishedBuildTracker.Outcome outcome = null;
        // Under the lock of the builds, so that a job is switched off before or after both steps, not in between.
        synchronized (builds) {
            if (running.get() == mine && look.counts(seen) && holds.getAsBoolean()) {
                outcome = builds.saw(aim.server(), aim.filter(), seen.seen(), seen.at());
                had = seen.began();
            }
        }
        FinishedBuildTracker.Outcome came = outcome;
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
