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

/** The looks of a job, one after another. Whatever goes wrong with one, even with its words, the next one comes. */
final class JobPolls<K> {

    /** A look that has not ended. */
    private record Running<K>(WatchingJob.JobPoll<K> look, Duration began) {}

    private final FinishedBuildTracker builds;
    private final SharedPolls<K> looks;
    private final Supplier<Timing> timing;
    private final TaskHandover handover;
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

    /** One more was due, and no thread took it. */
    void miss() {
        missed.incrementAndGet();
    }

    /** What is on its way does not count any more: it was asked for before what has happened now. */
    void letGo() {
        running.set(null);
    }

    /** Begins with this one, unless another is still on its way. */
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

    /** Waits for what is seen, and has a thread that may block do what follows. */
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
        // Whoever switches it off does that before or after both.
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
