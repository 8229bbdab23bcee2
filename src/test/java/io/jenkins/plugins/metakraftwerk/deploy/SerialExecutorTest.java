package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** One task after another, whatever becomes of one of them, and of the threads. */
class SerialExecutorTest {

    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();

    /** Whether the pool is at its end. */
    private boolean broken;

    private final SerialExecutor serial = new SerialExecutor(task -> {
        if (broken) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        pool.add(task);
    });

    private void add(String task) {
        serial.execute(() -> done.add(task));
    }

    @Test
    void inTheirOrder() {
        add("a");
        add("b");
        assertThat(pool).as("one at a time").hasSize(1);
        RunFixture.doAll(pool);
        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void aTaskThatNobodyTakesIsRefusedAndTheNextOneRuns() {
        broken = true;
        assertThatThrownBy(() -> add("a")).isInstanceOf(OutOfMemoryError.class);
        broken = false;
        add("b");
        RunFixture.doAll(pool);
        assertThat(done).containsExactly("b");
    }

    @Test
    void whatWaitsRunsAlsoWhereNobodyTakesIt() {
        add("a");
        add("b");
        add("c");
        broken = true;
        pool.remove().run();
        assertThat(done).containsExactly("a", "b", "c");
    }

    @Test
    void anErrorOfATaskEndsNoOther() {
        serial.execute(() -> {
            throw new NoClassDefFoundError("broken");
        });
        add("b");
        RunFixture.doAll(pool);
        add("c");
        RunFixture.doAll(pool);
        assertThat(done).containsExactly("b", "c");
    }
}
