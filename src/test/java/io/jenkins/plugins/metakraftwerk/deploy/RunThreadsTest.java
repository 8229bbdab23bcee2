package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.OwnedVirtualThreads;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A stop of the controller ends runs, and is no abort. */
class RunThreadsTest {

    @AutoClose
    private final OwnedVirtualThreads lines = OwnedVirtualThreads.begin();

    private final RunThreads threads = new RunThreads();
    private final List<String> done = new ArrayList<>();
    private final CompletableFuture<String> awaited = new CompletableFuture<>();

    private CompletableFuture<String> begin(ReadRetries.ReadCall<String> line) {
        CompletableFuture<String> result = VirtualThreads.begin(Runnable::run, () -> threads.go(line, line));
        lines.run();
        return result;
    }

    private String await() throws MetaKraftwerkException, InterruptedException {
        try {
            done.add("began");
            return VirtualThreadWaits.await(awaited);
        } catch (InterruptedException e) {
            done.add("was interrupted");
            throw e;
        }
    }

    @Test
    void whoWaitsWaitsNoMoreAndNobodyHearsSo() {
        var result = begin(this::await);
        assertThat(done).containsExactly("began");
        threads.stop();
        lines.run();
        assertThat(done).containsExactly("began", "was interrupted");
        assertThat(result).isNotDone();
    }

    @Test
    void oneAloneIsInterruptedAsLongAsItGoesOn() {
        ReadRetries.ReadCall<String> one = this::await;
        var other = begin(this::await);
        var result = begin(one);
        threads.interrupt(one);
        lines.run();
        assertThat(done).containsExactly("began", "began", "was interrupted");
        awaited.complete("end");
        lines.run();
        assertThat(result).isNotDone();
        assertThat(other).isCompletedWithValue("end");
    }

    @Test
    void whatItsThreadDoesAfterwardsIsNotInterrupted() {
        ReadRetries.ReadCall<String> run = () -> "run";
        var result = VirtualThreads.begin(Runnable::run, () -> threads.go(run, run) + await());
        lines.run();
        threads.interrupt(run);
        threads.stop();
        awaited.complete(", and what follows");
        lines.run();
        assertThat(result).isCompletedWithValue("run, and what follows");
    }

    @Test
    void whoComesLaterDoesNotBegin() {
        threads.stop();
        var result = begin(this::await);
        assertThat(done).isEmpty();
        assertThat(result).isNotDone();
    }

    @Test
    void whoHasEndedIsLeftAlone() {
        awaited.complete("end");
        var result = begin(this::await);
        threads.stop();
        assertThat(result).isCompletedWithValue("end");
    }
}
