package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads from the server, on a virtual thread, until it is aborted.
 *
 * @param <T> type of the response
 */
final class ReadingWork<T> implements StepWork {

    /** Platform threads for calls that virtual threads must not make. */
    static final PlatformCalls WORK = new PlatformCalls(Threads.work());

    private final ReadRetries.ReadCall<T> reading;
    private final Function<T, Object> toResult;

    /** Null until it starts. */
    private volatile Thread thread;

    private volatile boolean aborted;

    /** @param toResult logs the response and makes the result of the step of it; may block */
    ReadingWork(ReadRetries.ReadCall<T> reading, Function<T, Object> toResult) {
        this.reading = reading;
        this.toResult = toResult;
    }

    /** Reads, and repeats the read if it failed for a passing reason. */
    static <T> ReadingWork<T> repeated(Consumer<Text> log, ReadRetries.ReadCall<T> call, Function<T, Object> toResult) {
        ReadRetries retries = repeats(log);
        return new ReadingWork<>(() -> retries.read(call), toResult);
    }

    /** Returns retries that log each repetition. */
    static ReadRetries repeats(Consumer<Text> log) {
        return new ReadRetries(
                Threads.timing(),
                MetaKraftwerkGlobalConfiguration.get().retryLimit(),
                line -> WORK.run(() -> log.accept(line)));
    }

    @Override
    public ReadRetries.ReadCall<?> start() {
        return () -> {
            thread = Thread.currentThread();
            if (aborted) {
                throw new InterruptedException();
            }
            T found = reading.read();
            return WORK.get(() -> toResult.apply(found));
        };
    }

    @Override
    public ReadRetries.ReadCall<AbortMessage> abort() {
        aborted = true;
        Thread begun = thread;
        if (begun != null) {
            begun.interrupt();
        }
        return () -> AbortMessage.NONE;
    }
}
