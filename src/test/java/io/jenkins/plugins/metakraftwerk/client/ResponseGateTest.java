package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.ResponseGate.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A few exchanges are finished at a time, and each of them is. */
class ResponseGateTest {

    private static final int MOST = 4;

    private final ResponseGate gate = new ResponseGate(Runnable::run);
    private final List<Integer> finished = new ArrayList<>();
    private final List<Pass> passes =
            IntStream.range(0, 10).mapToObj(i -> gate.pass()).toList();

    private void begin(int pass) {
        passes.get(pass).begin(() -> finished.add(pass));
    }

    @Test
    void oneEndsBeforeTheNextBegins() {
        IntStream.range(0, 10).forEach(this::begin);
        assertThat(finished).hasSize(MOST);
        for (int i = 0; i < 10; i++) {
            passes.get(i).end();
            assertThat(finished).hasSize(Math.min(10, MOST + i + 1));
        }
        assertThat(finished).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void whatIsCancelledTakesNoPlace() {
        IntStream.range(0, 6).forEach(this::begin);
        passes.get(5).end();
        assertThat(finished).as("a waiting one").containsExactly(0, 1, 2, 3, 5);
        passes.get(7).end();
        begin(7);
        assertThat(finished).as("one that had not begun").containsExactly(0, 1, 2, 3, 5, 7);
        passes.get(0).end();
        assertThat(finished).containsExactly(0, 1, 2, 3, 5, 7, 4);
    }
}
