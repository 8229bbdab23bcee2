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
 * The polls of a job, one after another. The next poll comes even if one fails, and even if its log entry cannot be
 * written.
 */
final class JobPolls<K> {

    /** A poll that has not ended. */
    private record Running<K>(WatchingJob.JobPoll<K> poll, Duration began) {}

    private final FinishedBuildTracker builds;
    private final SharedPolls<K> polls;
    private final Supplier<Timing> timing;
    private final TaskHandover handover;
    private final BooleanSupplier memoryHolds;
    private final Consumer<Boolean> onEnd;
    private final AtomicReference<Running<K>> running = new AtomicReference<>();

    /** Polls that were due and got no thread. */
    private final AtomicInteger missedPolls = new AtomicInteger();

    /** The uptime at which the last poll that counted began; null before the first. */
    private volatile Duration lastBegan;

    /**
     * @param memoryHolds tells if the stored memory still belongs to the job, so that a poll may be compared with it
     * @param onEnd called at the end of a poll: with false if it does not count since job or trigger have changed, else
     *     with true
     */
    JobPolls(
            FinishedBuildTracker builds,
            SharedPolls<K> polls,
            Supplier<Timing> timing,
            TaskHandover handover,
            BooleanSupplier memoryHolds,
            Consumer<Boolean> onEnd) {
        this.builds = builds;
        this.polls = polls;
        this.timing = timing;
        this.handover = handover;
        this.memoryHolds = memoryHolds;
        this.onEnd = onEnd;
    }

    /** Counts a poll that was due and got no thread. */
    void miss() {
        missedPolls.incrementAndGet();
    }

    /** Ignores the poll on its way, since it began before the change that has happened now. */
    void letGo() {
        running.set(null);
    }

    /** Begins this poll, unless another is still on its way. */
    void look(WatchingJob.JobPoll<K> poll) {
        Running<K> mine = new Running<>(poll, timing.get().uptime());
        Running<K> before = running.get();
        boolean isLost = before != null
                && mine.began().minus(before.began()).compareTo(before.poll().longest()) >= 0;
        if ((before != null && !isLost) || !running.compareAndSet(before, mine)) {
            return;
        }
        try {
            if (isLost) {
                poll.lost(before.poll().longest());
            }
            int late = missedPolls.getAndSet(0);
            if (late > 0) {
                poll.late(late);
            }
            ask(mine);
        } catch (WatchingJob.CannotPollException e) {
            end(mine, true, () -> poll.failed(e.getMessage()));
        } catch (IOException e) {
            end(mine, true, () -> poll.notRead(e));
        } catch (RuntimeException | Error e) {
            end(mine, true, () -> poll.broken(e));
        }
    }

    private void ask(Running<K> mine) throws WatchingJob.CannotPollException, IOException {
        WatchingJob.JobPoll<K> poll = mine.poll();
        WatchingJob.PollTarget<K> target = poll.aim();
        Optional<Duration> pause = polls.pause(target.key());
        if (pause.isPresent()) {
            end(mine, true, () -> poll.paused(pause.get()));
            return;
        }
        ReadRetries.ReadCall<PolledBuilds> ask = () -> poll.ask(target);
        ReadRetries.ReadCall<SharedPolls.Poll> call = builds.isFirst(target.server(), target.filter())
                ? polls.own(target.key(), ask)
                : polls.shared(target.key(), Optional.ofNullable(lastBegan), target.interval(), poll.longest(), ask);
        VirtualThreads.start(() -> await(mine, target, call));
    }

    /** Waits for the poll, and hands the rest to a thread that may block. */
    private void await(Running<K> mine, WatchingJob.PollTarget<K> target, ReadRetries.ReadCall<SharedPolls.Poll> call) {
        if (!handover.soon(mine, ending(mine, target, call))) {
            miss();
            running.compareAndSet(mine, null);
        }
    }

    private Runnable ending(
            Running<K> mine, WatchingJob.PollTarget<K> target, ReadRetries.ReadCall<SharedPolls.Poll> call) {
        try {
            SharedPolls.Poll result = call.read();
            return () -> ended(mine, target, result);
        } catch (MetaKraftwerkException e) {
            return () -> end(mine, true, () -> mine.poll().failed(e.getLocalizedMessage()));
        } catch (InterruptedException | RuntimeException | Error e) {
            return () -> end(mine, true, () -> mine.poll().broken(e));
        }
    }

    private void ended(Running<K> mine, WatchingJob.PollTarget<K> target, SharedPolls.Poll result) {
        try {
            saw(mine, target, result);
        } catch (IOException e) {
            end(mine, true, () -> mine.poll().notSaved(e));
        } catch (RuntimeException | Error e) {
            end(mine, true, () -> mine.poll().broken(e));
        }
    }

    private void saw(Running<K> mine, WatchingJob.PollTarget<K> target, SharedPolls.Poll result) throws IOException {
        WatchingJob.JobPoll<K> poll = mine.poll();
        FinishedBuildTracker.Outcome outcome = null;
        // Under the lock of the builds, so that a job is switched off before or after both steps, not in between.
        synchronized (builds) {
            if (running.get() == mine && poll.counts(result) && memoryHolds.getAsBoolean()) {
                outcome = builds.saw(target.server(), target.filter(), result.seen(), result.at());
                lastBegan = result.began();
            }
        }
        FinishedBuildTracker.Outcome noted = outcome;
        end(mine, noted != null, noted == null ? poll::changed : () -> poll.saw(noted));
    }

    private void end(Running<K> mine, boolean counted, Runnable words) {
        try {
            words.run();
        } catch (RuntimeException | Error e) {
            mine.poll().broken(e);
        } finally {
            running.compareAndSet(mine, null);
            mine.poll().say();
        }
        onEnd.accept(counted);
    }
}
