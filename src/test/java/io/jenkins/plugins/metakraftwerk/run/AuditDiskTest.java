package io.jenkins.plugins.metakraftwerk.run;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.Waits;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.LogRecorder;

/** A disk under the audit log that hangs or fails stops nobody, and loses no line that can be kept. */
class AuditDiskTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static final int BRANCHES = 20;
    private static final String DEPLOY = "mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'";

    /** What is on the disk. */
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private final CountDownLatch answer = new CountDownLatch(1);
    private final AuditLog log = AuditLog.get();
    private final AuditLines real = log.sent().replaceFile(lines::add);
    private final LogRecorder said =
            new LogRecorder().record(AuditQueue.class, Level.INFO).capture(100);

    @BeforeEach
    void ownTheTime() {
        // What the servers of this test have made somebody note.
        get(log.write());
        lines.clear();
        SHARED.time().holdFrom(AuditQueue.PATIENCE);
    }

    @AfterEach
    void goOn() {
        answer.countDown();
        get(log.write());
        log.sent().replaceFile(real);
        said.close();
    }

    /** The disk answers no more, until the latch is open. */
    private void hang() {
        log.sent().replaceFile(line -> {
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            lines.add(line);
        });
    }

    private void fail(Throwable failure) {
        log.sent().replaceFile(line -> AuditDiskTest.<IOException>raise(failure));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable failure) throws T {
        throw (T) failure;
    }

    private static AuditLine line(int number) {
        return AuditedAttempts.line("sending", "job", number, "line " + number);
    }

    private void assertLines(int from, int to) {
        assertThat(lines)
                .hasSize(to - from)
                .zipSatisfy(
                        IntStream.range(from, to).boxed().toList(),
                        (line, number) -> assertThat(line).contains("\"line " + number + "\""));
    }

    private static WorkflowRun start(String script) throws Exception {
        WorkflowJob job = SHARED.jenkins().createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    /** Lets the patience of all end that wait for a line, until a run has ended. */
    private static void await(WorkflowRun run, Result expected) throws Exception {
        Waits.until("the end of " + run, () -> {
            SHARED.time().end(AuditQueue.PATIENCE);
            return !run.isBuilding();
        });
        SHARED.jenkins().assertBuildStatus(expected, SHARED.jenkins().waitForCompletion(run));
    }

    @Test
    void aDiskThatHangsHoldsUpNoDeployment() throws Exception {
        hang();
        WorkflowRun run = start("def branches = [:]\nfor (int i = 0; i < " + BRANCHES
                + "; i++) { branches['b' + i] = { " + DEPLOY + " } }\nparallel branches");
        await(run, Result.SUCCESS);

        assertThat(SHARED.server().deployments()).hasSize(BRANCHES);
        assertThat(lines).isEmpty();
        assertThat(said.getMessages()).singleElement().asString().contains("has not answered for 5 s");

        answer.countDown();
        get(log.write());
        assertThat(lines).hasSize(2 * BRANCHES);
        assertThat(lines.stream().filter(line -> line.contains("\"event\":\"sending\"")))
                .hasSize(BRANCHES);
        assertThat(said.getMessages()).hasSize(2).last().asString().endsWith("It lacks 0 lines.");
    }

    /** Whoever is allowed when the wait begins may not be when it ends. */
    @Test
    void whatIsFrozenWhileTheDiskHangsIsNotSent() throws Exception {
        hang();
        WorkflowRun run = start(DEPLOY);
        Waits.until("a line that waits", () -> SHARED.time().waiting().contains(AuditQueue.PATIENCE));
        MetaKraftwerkGlobalConfiguration configuration = MetaKraftwerkGlobalConfiguration.get();
        configuration.getServers().get(0).setFrozen("Quarter end");
        configuration.setServers(configuration.getServers());
        SHARED.time().skip(AuditQueue.PATIENCE);
        await(run, Result.FAILURE);

        SHARED.jenkins().assertLogContains("is frozen", run);
        SHARED.jenkins().assertLogContains("Nothing was deployed.", run);
        assertThat(SHARED.server().deployments()).isEmpty();
        answer.countDown();
        get(log.write());
        assertThat(lines)
                .extracting(line -> line.replaceAll(".*\"event\":\"(\\w+)\".*", "$1"))
                .containsExactly("sending", "frozen", "refused");
    }

    @Test
    void whoHasLearntThatItHangsDoesNotWait() {
        hang();
        CompletableFuture<Void> first = log.addInTime(line(0));
        assertThat(first).isNotDone();
        SHARED.time().end(AuditQueue.PATIENCE);
        assertThat(first).isCompleted();
        assertThat(log.addInTime(line(1))).isCompleted();
        assertThat(said.getMessages()).hasSize(1);
        answer.countDown();
        get(log.write());
        assertLines(0, 2);
        get(log.addInTime(line(2)));
        assertLines(0, 3);
        assertThat(SHARED.time().waiting()).doesNotContain(AuditQueue.PATIENCE);
    }

    static List<Throwable> failures() {
        return List.of(
                new IOException("No space left on device"),
                new IllegalStateException("on purpose"),
                new NoClassDefFoundError("on purpose"),
                new StackOverflowError("on purpose"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatCannotBeWrittenIsTriedAgainInItsOrder(Throwable failure) {
        get(log.addInTime(line(0)));
        fail(failure);
        for (int i = 1; i < 10; i++) {
            get(log.addInTime(line(i)));
        }
        assertLines(0, 1);
        assertThat(said.getRecords()).singleElement().satisfies(warning -> {
            assertThat(warning.getMessage()).contains("cannot be written now");
            assertThat(warning.getThrown()).isSameAs(failure);
        });

        log.sent().replaceFile(lines::add);
        get(log.addInTime(line(10)));
        assertLines(0, 11);
        assertThat(said.getMessages()).hasSize(2).last().asString().endsWith("It lacks 0 lines.");
    }

    @Test
    void howManyLinesAreLostIsSaid() {
        hang();
        List<String> shipped = new ArrayList<>();
        try (LogRecorder logger = new LogRecorder()
                .record("io.jenkins.plugins.metakraftwerk.audit", Level.INFO)
                .capture(AuditQueue.MOST_WAITING + 5)) {
            for (int i = 0; i < AuditQueue.MOST_WAITING + 5; i++) {
                log.add(line(i));
            }
            shipped.addAll(logger.getMessages());
        }
        assertThat(shipped).hasSize(AuditQueue.MOST_WAITING + 5);
        assertThat(said.getMessages()).singleElement().asString().contains("What comes now is not kept there");

        answer.countDown();
        get(log.write());
        assertLines(0, AuditQueue.MOST_WAITING);
        assertThat(said.getMessages()).hasSize(2).last().asString().endsWith("It lacks 5 lines.");
    }

    @Test
    void whatWaitsIsWrittenWhenJenkinsStops() {
        fail(new IOException("No space left on device"));
        get(log.addInTime(line(0)));
        get(log.addInTime(line(1)));
        log.sent().replaceFile(lines::add);
        new LastSaves().onBeforeShutdown();
        assertLines(0, 2);
        assertThat(said.getMessages()).noneMatch(line -> line.contains("Jenkins stops"));
    }

    @Test
    void whenJenkinsStopsADiskThatHangsIsWaitedForAWhile() {
        hang();
        log.add(line(0));
        log.add(line(1));
        CompletableFuture<Void> stop = TestClients.aside(new LastSaves()::onBeforeShutdown);
        Waits.until("a wait", () -> SHARED.time().waiting().contains(AuditQueue.PATIENCE));
        assertThat(stop).isNotDone();
        // Also what is shown is waited for so long, and before.
        Waits.until("the stop", () -> {
            SHARED.time().end(AuditQueue.PATIENCE);
            return stop.isDone();
        });
        assertThat(said.getMessages()).singleElement().asString().contains("Jenkins stops", "lacks 2 lines");
    }
}
