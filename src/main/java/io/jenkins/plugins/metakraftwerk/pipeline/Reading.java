package io.jenkins.plugins.metakraftwerk.pipeline;

import com.google.common.util.concurrent.MoreExecutors;
import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.Retries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads from the server, again where that failed for a passing reason, until it is aborted.
 *
 * @param <T> what the server answers
 */
final class Reading<T> implements Work {

    /** One thing after another, on threads that may block. */
    private final Executor serial = MoreExecutors.newSequentialExecutor(Threads.work());

    private final Chain<Object> result = new Chain<>(serial);
    private final Consumer<Text> log;
    private final Function<Retries, CompletableFuture<T>> reading;
    private final Function<T, Object> answered;

    /** @param answered says what was found, and makes of it what the script gets; may block */
    Reading(Consumer<Text> log, Supplier<CompletableFuture<T>> call, Function<T, Object> answered) {
        this(log, answered, retries -> retries.read(call));
    }

    /** @param reading uses what repeats calls, and says of it what is to be repeated */
    Reading(Consumer<Text> log, Function<T, Object> answered, Function<Retries, CompletableFuture<T>> reading) {
        this.log = log;
        this.answered = answered;
        this.reading = reading;
    }

    @Override
    public CompletableFuture<?> start() {
        if (!result.isDone()) {
            Duration limit = MetaKraftwerkGlobalConfiguration.get().retryLimit();
            var read = reading.apply(new Retries(Threads.timing(), serial, limit, log));
            result.then(read, value -> result.complete(answered.apply(value)));
        }
        return result;
    }

    @Override
    public CompletableFuture<LastWords> abort() {
        result.cancel(true);
        return CompletableFuture.completedFuture(LastWords.NONE);
    }
}
