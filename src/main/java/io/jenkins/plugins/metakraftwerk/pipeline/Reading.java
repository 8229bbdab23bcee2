package io.jenkins.plugins.metakraftwerk.pipeline;

import com.google.common.util.concurrent.MoreExecutors;
import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.Retries;
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
    private final Supplier<CompletableFuture<T>> call;
    private final Function<T, Object> answered;

    /** @param answered says what was found, and makes of it what the script gets; may block */
    Reading(Consumer<Text> log, Supplier<CompletableFuture<T>> call, Function<T, Object> answered) {
        this.log = log;
        this.call = call;
        this.answered = answered;
    }

    @Override
    public CompletableFuture<?> start() {
        if (!result.isDone()) {
            Duration limit = MetaKraftwerkGlobalConfiguration.get().retryLimit();
            var read = new Retries(Threads.timing(), serial, limit, log).read(call);
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
