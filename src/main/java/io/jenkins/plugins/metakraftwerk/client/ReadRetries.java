package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Repeats on a virtual thread what only reads, as long as it fails for a passing reason. */
public final class ReadRetries {

    /** What is read. */
    public interface ReadCall<T> {
        T read() throws MetaKraftwerkException, InterruptedException;
    }

    /** Hears of repetitions; may have to wait for a thread that prints. */
    public interface RetryLog {
        void accept(Text line) throws InterruptedException;
    }

    private final Timing timing;
    private final Supplier<Backoff> backoffs;
    private final RetryLog log;

    /** @param limit how long each call is tried again, in total */
    public ReadRetries(Timing timing, Duration limit, RetryLog log) {
        this(timing, () -> new Backoff(timing, limit), log);
    }

    /** @param backoffs the waits of each call; calls that are given the same share its time */
    public ReadRetries(Timing timing, Supplier<Backoff> backoffs, RetryLog log) {
        this.timing = timing;
        this.backoffs = backoffs;
        this.log = log;
    }

    /** @throws MetaKraftwerkException the last failure, which leaves nothing in doubt, since nothing was to change */
    public <T> T read(ReadCall<T> call) throws MetaKraftwerkException, InterruptedException {
        Backoff backoff = backoffs.get();
        while (true) {
            try {
                return call.read();
            } catch (MetaKraftwerkException e) {
                Optional<Duration> wait = backoff.next(e);
                if (wait.isEmpty()) {
                    throw backoff.gaveUp(e).beforeSending();
                }
                log.accept(backoff.announce(e, wait.get()));
                VirtualThreadWaits.pause(timing, wait.get());
            }
        }
    }
}
