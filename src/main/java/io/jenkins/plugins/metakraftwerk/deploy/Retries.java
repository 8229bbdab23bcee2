package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Repeats calls that only read, as long as they fail for a passing reason. */
public final class Retries {

    private final Timing timing;
    private final Supplier<Backoff> backoffs;
    private final Consumer<Text> log;

    /**
     * @param limit how long each call is tried again, in total
     * @param log hears of each repetition
     */
    public Retries(Timing timing, Duration limit, Consumer<Text> log) {
        this(timing, () -> new Backoff(timing, limit), log);
    }

    /** @param backoffs the waits of each call; calls that are given the same share its time */
    Retries(Timing timing, Supplier<Backoff> backoffs, Consumer<Text> log) {
        this.timing = timing;
        this.backoffs = backoffs;
        this.log = log;
    }

    /** Fails with the last failure, which leaves nothing in doubt, since nothing was to change; once the future is cancelled, nothing more is sent. */
    public <T> CompletableFuture<T> read(Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        attempt(call, backoffs.get(), result);
        return result;
    }

    private <T> void attempt(Supplier<CompletableFuture<T>> call, Backoff backoff, CompletableFuture<T> result) {
        if (result.isDone()) {
            return;
        }
        CompletableFuture<T> attempt = call.get();
        result.whenComplete((value, failure) -> attempt.cancel(true));
        attempt.whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else if (!result.isDone()) {
                failed(Futures.cause(failure), call, backoff, result);
            }
        });
    }

    private <T> void failed(
            Throwable failure, Supplier<CompletableFuture<T>> call, Backoff backoff, CompletableFuture<T> result) {
        if (!(failure instanceof MetaKraftwerkException known)) {
            result.completeExceptionally(failure);
            return;
        }
        Optional<Duration> wait = backoff.next(known);
        if (wait.isEmpty()) {
            result.completeExceptionally(gaveUp(known, backoff).beforeSending());
            return;
        }
        log.accept(again(known, wait.get()));
        CompletableFuture<Void> pause = timing.after(wait.get());
        result.whenComplete((value, cancelled) -> pause.cancel(true));
        pause.thenRun(() -> attempt(call, backoff, result));
    }

    /** The line that announces a repetition. */
    static Text again(MetaKraftwerkException failure, Duration wait) {
        return Text.of("retry.again", failure.text(), Math.max(1, Math.round(wait.toMillis() / 1000.0)));
    }

    /** The failure, with how long it was tried where that was more than once. */
    static MetaKraftwerkException gaveUp(MetaKraftwerkException failure, Backoff backoff) {
        return backoff.seconds() == 0
                ? failure
                : failure.with(Text.of("retry.gaveUp", failure.text(), backoff.seconds()));
    }
}
