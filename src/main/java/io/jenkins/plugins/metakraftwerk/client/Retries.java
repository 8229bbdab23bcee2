package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Repeats calls that only read, as long as they fail for a passing reason. */
public final class Retries {

    private final Timing timing;
    private final Executor executor;
    private final Supplier<Backoff> backoffs;
    private final Consumer<Text> log;

    /**
     * @param executor where the log hears of repetitions, and what follows a call goes on
     * @param limit how long each call is tried again, in total
     */
    public Retries(Timing timing, Executor executor, Duration limit, Consumer<Text> log) {
        this(timing, executor, () -> new Backoff(timing, limit), log);
    }

    /** @param backoffs the waits of each call; calls that are given the same share its time */
    public Retries(Timing timing, Executor executor, Supplier<Backoff> backoffs, Consumer<Text> log) {
        this.timing = timing;
        this.executor = executor;
        this.backoffs = backoffs;
        this.log = log;
    }

    /** Fails with the last failure, which leaves nothing in doubt, since nothing was to change; once the future is cancelled, nothing more is sent. */
    public <T> CompletableFuture<T> read(Supplier<CompletableFuture<T>> call) {
        Chain<T> result = new Chain<>(executor);
        attempt(call, backoffs.get(), result);
        return result;
    }

    private <T> void attempt(Supplier<CompletableFuture<T>> call, Backoff backoff, Chain<T> result) {
        result.either(call.get(), (value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else if (failure instanceof MetaKraftwerkException known) {
                failed(known, call, backoff, result);
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    private <T> void failed(
            MetaKraftwerkException failure, Supplier<CompletableFuture<T>> call, Backoff backoff, Chain<T> result) {
        Optional<Duration> wait = backoff.next(failure);
        if (wait.isEmpty()) {
            result.completeExceptionally(gaveUp(failure, backoff).beforeSending());
            return;
        }
        log.accept(backoff.announce(failure, wait.get()));
        result.then(timing.after(wait.get()), over -> attempt(call, backoff, result));
    }

    /** The failure, with how long it was tried where that was more than once. */
    public static MetaKraftwerkException gaveUp(MetaKraftwerkException failure, Backoff backoff) {
        return backoff.seconds() == 0
                ? failure
                : failure.with(Text.of("retry.gaveUp", failure.text(), backoff.seconds()));
    }
}
