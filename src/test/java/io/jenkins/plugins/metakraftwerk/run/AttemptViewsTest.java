package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.history.DeploymentHistory;
import io.jenkins.plugins.metakraftwerk.server.PluginTime;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.TestExtension;

/** What has ended is shown before whoever made it goes on, once, and a view that hangs holds up nobody for long. */
class AttemptViewsTest {

    private static final List<String> HEARD = new CopyOnWriteArrayList<>();

    private static volatile CountDownLatch gate;

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private FreeStyleBuild build;

    /** Hangs as long as there is a gate that is closed. */
    @TestExtension
    public static class Hanging implements AttemptView {

        @Override
        public void show(Job<?, ?> job, AttemptRecord attempt) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @TestExtension
    public static class Broken implements AttemptView {

        @Override
        public void show(Job<?, ?> job, AttemptRecord attempt) {
            throw new NoClassDefFoundError("on purpose");
        }
    }

    @TestExtension
    public static class Ear extends DeploymentListener {

        @Override
        public void created(Run<?, ?> run, AttemptRecord attempt) {
            HEARD.add(attempt.owner().substring(0, 1));
        }
    }

    @BeforeEach
    void runBuild() throws Exception {
        HEARD.clear();
        gate = new CountDownLatch(0);
        build = SHARED.jenkins().buildAndAssertSuccess(SHARED.jenkins().createFreeStyleProject());
    }

    @AfterEach
    void letGo() {
        gate.countDown();
        AttemptViews.finish();
    }

    private AttemptRecord created(String owner, long record) {
        return Attempts.at(
                build.getParent().getFullName(), build.getNumber(), owner + owner(), "CREATED", record, null);
    }

    /** Nobody is called like those of another test. */
    private String owner() {
        return "@" + build.getExternalizableId();
    }

    private List<String> names(Stream<AttemptRecord> attempts) {
        return attempts.map(attempt -> attempt.owner().replace(owner(), "")).toList();
    }

    private List<String> onPage() {
        return names(build.getAction(BuildDeploymentsAction.class).getDeployments().stream()
                .map(ShownAttempt::attempt));
    }

    private List<String> inHistory() {
        return names(DeploymentHistory.targets(build.getParent()).stream()
                .flatMap(line -> DeploymentHistory.attempts(build.getParent(), line.key(), 0, 10).stream()));
    }

    private static List<String> heard() {
        TestWaits.until(
                "what is told",
                DeploymentEvents.get().heardBy(DeploymentListener.all().get(Ear.class))::isGiven);
        return HEARD;
    }

    @Test
    void theSameAgainDoublesNothing() throws Exception {
        AttemptViews.show(build, created("a", 1));
        AttemptViews.show(build, created("b", 2));
        AttemptViews.show(build, created("a", 1));
        assertThat(onPage()).containsExactly("a", "b");
        assertThat(inHistory()).containsExactly("b", "a");
        assertThat(heard()).containsExactly("a", "b");
        assertThat(Files.readAllLines(build.getRootDir().toPath().resolve(DeploymentsFile.NAME)))
                .hasSize(2);
    }

    /** As after a crash between the two. */
    @Test
    void whatIsOnThePageOnlyComesIntoTheHistoryToo() throws Exception {
        BuildDeploymentsAction.record(build, created("a", 1));
        AttemptViews.show(build, created("a", 1));
        assertThat(inHistory()).containsExactly("a");
        assertThat(heard()).as("what may have been told").isEmpty();
    }

    @Test
    void whatIsKnownAlreadyIsNotShownAsUnknownAgain() throws Exception {
        AttemptViews.show(build, created("a", 1));
        AttemptViews.show(build, Attempts.ended("a" + owner(), "UNKNOWN", null, "aborted"));
        assertThat(inHistory()).containsExactly("a");
        assertThat(onPage()).containsExactly("a");
        assertThat(build.getAction(BuildDeploymentsAction.class)
                        .getDeployments()
                        .get(0)
                        .getOutcome())
                .isEqualTo("CREATED");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nobodyWaitsLongForAViewThatHangs(boolean aborted) throws Exception {
        Duration patience = aborted ? AttemptViews.PATIENCE_OF_ABORT : AttemptViews.PATIENCE;
        gate = new CountDownLatch(1);
        try (PluginTime time = new PluginTime()) {
            CompletableFuture<Boolean> first =
                    CompletableFuture.supplyAsync(() -> AttemptViews.show(build, created("a", 1), patience));
            TestWaits.until("somebody who waits", () -> time.waiting().contains(patience));
            assertThat(first).isNotDone();
            time.end(patience);
            assertThat(first.get()).as("it is found out after a crash").isFalse();
            // Waits for nothing: the time stands still.
            assertThat(AttemptViews.show(build, created("b", 2))).isFalse();
            gate.countDown();
            TestWaits.until("both", () -> HEARD.size() == 2);
        }
        assertThat(HEARD).containsExactly("a", "b");
        assertThat(onPage()).containsExactly("a", "b");
        assertThat(inHistory()).containsExactly("b", "a");
        assertThat(AttemptViews.show(build, created("c", 3))).isTrue();
        assertThat(inHistory()).as("waited for again").containsExactly("c", "b", "a");
    }
}
