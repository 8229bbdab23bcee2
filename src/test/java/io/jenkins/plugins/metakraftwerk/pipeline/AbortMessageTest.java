package io.jenkins.plugins.metakraftwerk.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.LoggedLines;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.fixture.BlockedThreads;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.server.PluginThreads;
import io.jenkins.plugins.metakraftwerk.server.PluginTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step that is aborted ends in time, and what it has to say is said somewhere. */
class AbortMessageTest {

    private static final Text TEXT = Text.forKey("abort.nothing");
    private static final Duration PATIENCE = Duration.ofMillis(300);

    @AutoClose
    private final PluginTime time = new PluginTime();

    @AutoClose
    private final LoggedLines log = new LoggedLines(AbortMessage.class);

    private final AtomicInteger shown = new AtomicInteger();
    private final List<Text> printed = new CopyOnWriteArrayList<>();

    /** On a virtual thread, as where a step is aborted. */
    private static CompletableFuture<Void> tell(AbortMessage words, Consumer<Text> print) {
        return TestClients.begin(() -> {
            words.tell("job #1", print);
            return null;
        });
    }

    private static void await(CompletableFuture<Void> told) {
        TestWaits.until("the end", told::isDone);
        assertThat(told).isCompleted();
    }

    static List<Throwable> failures() {
        return List.of(
                new OutOfMemoryError("on purpose"),
                new NoClassDefFoundError("on purpose"),
                new IllegalStateException("on purpose"));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void fail(Throwable failure) throws T {
        throw (T) failure;
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aPageThatCannotBeWrittenKeepsNothingFromTheLog(Throwable failure) {
        await(tell(new AbortMessage(TEXT, () -> AbortMessageTest.<RuntimeException>fail(failure)), printed::add));
        assertThat(printed).containsExactly(TEXT);
        assertThat(log.thrown()).containsExactly(failure);
        assertThat(log.messages()).singleElement().asString().contains("the page of job #1", TEXT.toString());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatCannotBePrintedIsInTheLogOfJenkins(Throwable failure) {
        await(tell(
                new AbortMessage(TEXT, shown::incrementAndGet),
                text -> AbortMessageTest.<RuntimeException>fail(failure)));
        assertThat(shown).hasValue(1);
        assertThat(log.thrown()).containsExactly(failure);
        assertThat(log.messages()).containsExactly("job #1: " + TEXT);
    }

    @Test
    void whereNoThreadTakesItItIsInTheLogOfJenkinsAndOnThePageLater() throws Exception {
        try (BlockedThreads held = BlockedThreads.ofThePluginAndFull()) {
            CompletableFuture<Void> told = tell(new AbortMessage(TEXT, shown::incrementAndGet), printed::add);
            TestWaits.until("it waits", () -> time.waiting().contains(PATIENCE));
            assertThat(told).isNotDone();
            time.end(PATIENCE);
            await(told);
            TestWaits.until("the log", () -> log.messages().equals(List.of("job #1: " + TEXT)));
        }
        BlockedThreads.ofThePlugin().close();
        time.end(PluginThreads.AGAIN);
        TestWaits.until("the page", () -> shown.get() == 1);
        assertThat(printed).isEmpty();
    }

    @Test
    void whereNobodyCanWaitItIsInTheLogOfJenkins() throws Exception {
        time.refuse();
        try (BlockedThreads held = BlockedThreads.ofThePlugin()) {
            await(tell(new AbortMessage(TEXT, shown::incrementAndGet), printed::add));
        }
        TestWaits.until("the log", () -> log.messages().equals(List.of("job #1: " + TEXT)));
        TestWaits.until("the page", () -> shown.get() == 1);
    }
}
