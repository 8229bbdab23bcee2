package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Repeats a read on a virtual thread as long as it fails for a passing reason. */
public final class ReadRetries {

    /** A call that only reads. */
    public interface ReadCall<T> {
        T read() throws MetaKraftwerkException, InterruptedException;
    }

    /** Gets the line that announces a repetition. May have to wait for a thread that prints. */
    public interface RetryLog {
        void accept(Text line) throws InterruptedException;
    }

    private final Timing timing;
    private final Supplier<Backoff> backoffs;
    private final RetryLog log;

    /** @param limit for all attempts of one call together */
    public ReadRetries(Timing timing, Duration limit, RetryLog log) {
        this(timing, () -> new Backoff(timing, limit), log);
    }

    /** @param backoffs gives the waits of each call; calls that get the same object share its time */
    public ReadRetries(Timing timing, Supplier<Backoff> backoffs, RetryLog log) {
        this.timing = timing;
        this.backoffs = backoffs;
        this.log = log;
    }

    /** @throws MetaKraftwerkException the last failure, marked as not sent, since a read changes nothing */
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
