package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.client.Door;
import io.jenkins.plugins.metakraftwerk.client.Repeats;
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
final class Reading<T> implements Work {

    /** For what virtual threads must not do. */
    static final Door WORK = new Door(Threads.work());

    private final Repeats.Reading<T> reading;
    private final Function<T, Object> answered;

    /** Null as long as it has not begun. */
    private volatile Thread self;

    private volatile boolean aborted;

    /** @param answered says what was found, and makes of it what the script gets; may block */
    Reading(Repeats.Reading<T> reading, Function<T, Object> answered) {
        this.reading = reading;
        this.answered = answered;
    }

    /** Reads again where that failed for a passing reason. */
    static <T> Reading<T> repeated(Consumer<Text> log, Repeats.Reading<T> call, Function<T, Object> answered) {
        Repeats repeats = repeats(log);
        return new Reading<>(() -> repeats.read(call), answered);
    }

    /** Repeats calls, and says so. */
    static Repeats repeats(Consumer<Text> log) {
        return new Repeats(
                Threads.timing(),
                MetaKraftwerkGlobalConfiguration.get().retryLimit(),
                line -> WORK.run(() -> log.accept(line)));
    }

    @Override
    public Repeats.Reading<?> start() {
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
    public Repeats.Reading<LastWords> abort() {
        aborted = true;
        Thread begun = self;
        if (begun != null) {
            begun.interrupt();
        }
        return () -> LastWords.NONE;
    }
}
