package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was taken is done, in its order; what was refused is told to whoever brought it. */
class SerialExecutorTest {

    @AutoClose
    private final LoggedLines log = new LoggedLines(SerialExecutor.class);

    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();

    /** What the pool throws instead of taking a task; null where it takes it. */
    private Throwable refusal;

    /** What happens while the pool refuses. */
    private Runnable meanwhile = () -> {};

    private final SerialExecutor serial = new SerialExecutor(this::take);

    private void take(Runnable task) {
        if (refusal != null) {
            meanwhile.run();
            SerialExecutorTest.<RuntimeException>fail(refusal);
        }
        pool.add(task);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void fail(Throwable failure) throws T {
        throw (T) failure;
    }

    private void doAll() {
        for (Runnable next = pool.poll(); next != null; next = pool.poll()) {
            next.run();
        }
    }

    static Stream<Throwable> refusals() {
        return Stream.of(new RejectedExecutionException("full"), new OutOfMemoryError("on purpose"));
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new OutOfMemoryError("on purpose"),
                new StackOverflowError("on purpose"),
                new NoClassDefFoundError("on purpose"),
                new IllegalStateException("on purpose"));
    }

    @Test
    void oneAtATimeTakesAThread() {
        serial.execute(() -> done.add("first"));
        serial.execute(() -> done.add("second"));
        assertThat(pool).hasSize(1);
        pool.remove().run();
        assertThat(done).containsExactly("first");
        doAll();
        assertThat(done).containsExactly("first", "second");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatATaskThrowsIsLoggedAndEndsNoOther(Throwable failure) {
        for (int i = 0; i < 3; i++) {
            serial.execute(() -> done.add("before"));
            serial.execute(() -> SerialExecutorTest.<RuntimeException>fail(failure));
            serial.execute(() -> done.add("after"));
        }
        doAll();
        assertThat(done).hasSize(6);
        assertThat(log.thrown()).hasSize(3).containsOnly(failure);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsRefusedIsToldAndForgotten(Throwable full) {
        refusal = full;
        assertThatThrownBy(() -> serial.execute(() -> done.add("refused"))).isSameAs(full);
        refusal = null;
        serial.execute(() -> done.add("next"));
        doAll();
        assertThat(done).containsExactly("next");
    }

    /** Else who brought it would wait for ever: it was not told that it was refused. */
    @ParameterizedTest
    @MethodSource("refusals")
    void whatWasTakenIsDoneAlsoWhereThePoolTakesNothingMore(Throwable full) {
        serial.execute(() -> done.add("first"));
        serial.execute(() -> done.add("second"));
        serial.execute(() -> SerialExecutorTest.<RuntimeException>fail(new IllegalStateException("on purpose")));
        serial.execute(() -> done.add("third"));
        refusal = full;
        doAll();
        assertThat(done).containsExactly("first", "second", "third");
        refusal = null;
        serial.execute(() -> done.add("fourth"));
        doAll();
        assertThat(done).endsWith("fourth");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatComesWhileAnotherIsRefusedIsDone(Throwable full) {
        refusal = full;
        meanwhile = () -> {
            meanwhile = () -> {};
            serial.execute(() -> done.add("meanwhile"));
        };
        assertThatThrownBy(() -> serial.execute(() -> done.add("refused"))).isSameAs(full);
        assertThat(done).containsExactly("meanwhile");
        refusal = null;
        serial.execute(() -> done.add("next"));
        doAll();
        assertThat(done).containsExactly("meanwhile", "next");
    }
}
