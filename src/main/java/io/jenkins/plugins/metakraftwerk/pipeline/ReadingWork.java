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
 * @param <T> what the server answers
 */
final class ReadingWork<T> implements StepWork {

    /** For what virtual threads must not do. */
    static final PlatformCalls WORK = new PlatformCalls(Threads.work());

    private final ReadRetries.ReadCall<T> reading;
    private final Function<T, Object> answered;

    /** Null as long as it has not begun. */
    private volatile Thread self;

    private volatile boolean aborted;

    /** @param answered says what was found, and makes of it what the script gets; may block */
    ReadingWork(ReadRetries.ReadCall<T> reading, Function<T, Object> answered) {
        this.reading = reading;
        this.answered = answered;
    }

    /** Reads again where that failed for a passing reason. */
    static <T> ReadingWork<T> repeated(Consumer<Text> log, ReadRetries.ReadCall<T> call, Function<T, Object> answered) {
        ReadRetries repeats = repeats(log);
        return new ReadingWork<>(() -> repeats.read(call), answered);
    }

    /** Repeats calls, and says so. */
    static ReadRetries repeats(Consumer<Text> log) {
        return new ReadRetries(
                Threads.timing(),
                MetaKraftwerkGlobalConfiguration.get().retryLimit(),
                line -> WORK.run(() -> log.accept(line)));
    }

    @Override
    public ReadRetries.ReadCall<?> start() {
        return () -> {
            self = Thread.currentThread();
            if (aborted) {
                throw new InterruptedException();
            }
            T found = reading.read();
            return WORK.get(() -> answered.apply(found));
        };
    }

    @Override
    public ReadRetries.ReadCall<AbortMessage> abort() {
        aborted = true;
        Thread begun = self;
        if (begun != null) {
            begun.interrupt();
        }
        return () -> AbortMessage.NONE;
    }
}
