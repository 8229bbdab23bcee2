package io.jenkins.plugins.metakraftwerk.history;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.AbortException;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.form.FormLimits;
import io.jenkins.plugins.metakraftwerk.server.PluginDisk;
import io.jenkins.plugins.metakraftwerk.server.WebRequestWait;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a click on 'Compare with the server' may cost, however much there is to compare and whoever clicks. */
class ComparisonBoundsTest {

    private static final PluginDisk DISK = new PluginDisk();

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final StandInServer server = SHARED.server();
    private Folder folder;
    private FreeStyleProject job;

    @BeforeEach
    void createJob() throws Exception {
        folder = SHARED.jenkins().createProject(Folder.class, "team");
        job = folder.createProject(FreeStyleProject.class, "app");
    }

    @AfterAll
    static void putBack() {
        DISK.close();
    }

    @AfterEach
    void removeJobs() throws Exception {
        Past.forgetAll();
    }

    private long foreign(long build, long deployment) {
        return server.addBuildDeployment(build, PATTERN_ID, deployment, null, null);
    }

    private int lists() {
        return server.requests("GET", StandInServer.BUILD_DEPLOYMENTS).size();
    }

    private ServerComparison.Result answer(Set<String> hashes) {
        try {
            return new ServerComparison(new OverviewSubject(job)).compare(hashes);
        } catch (AbortException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> hashes() {
        return new OverviewSubject(job)
                .lines().stream().map(line -> line.key().hash()).collect(Collectors.toSet());
    }

    @Test
    void aClickReadsEachHistoryOnceAndOnlyWhereItIsNeeded() throws Exception {
        FreeStyleProject other = folder.createProject(FreeStyleProject.class, "other");
        FreeStyleProject elsewhere = folder.createProject(FreeStyleProject.class, "elsewhere");
        Past.forJob(elsewhere).created(DEV, 999, 1, 1);
        for (int i = 0; i < 25; i++) {
            long record = foreign(5140, 1000 + i);
            Past.forJob(job).created("D" + i, 1000 + i, 5139, 9000 + i);
            Past.forJob(other).created("D" + i, 1000 + i, 5140, record).created("D" + i, 1000 + i, 5141, 8000 + i);
        }
        Map<Path, Integer> before = DISK.reads(HistoryFile.NAME);
        assertThat(answer(hashes()).targets())
                .hasSize(25)
                .allSatisfy(result -> assertThat(result.get("text")).startsWith("5140, by team » other"));
        Map<String, Integer> reads = DISK.reads(HistoryFile.NAME).entrySet().stream()
                .filter(file -> !file.getValue().equals(before.get(file.getKey())))
                .collect(Collectors.toMap(
                        file -> file.getKey().getParent().getFileName().toString(),
                        file -> file.getValue() - before.getOrDefault(file.getKey(), 0)));
        assertThat(reads).isEqualTo(Map.of("app", 1, "other", 1));
    }

    @Test
    void theFirstTwoHundredTargetsAreComparedAndItIsSaidHowManyAreLeftOut() {
        for (int i = 0; i < ServerComparison.MOST_TARGETS + 3; i++) {
            Past.forJob(job).created("D" + i, 1000 + i, 5139, i + 1);
        }
        ServerComparison.Result answer = answer(hashes());
        assertThat(answer.leftOut()).isEqualTo(3);
        Set<String> first = ShownPattern.sorted(new OverviewSubject(job).lines()).stream()
                .limit(ServerComparison.MOST_TARGETS)
                .map(line -> line.key().hash())
                .collect(Collectors.toSet());
        assertThat(answer.targets()).extracting(result -> result.get("target")).containsOnlyOnceElementsOf(first);
        assertThat(answer.targets()).hasSize(ServerComparison.MOST_TARGETS);
    }

    @Test
    void whoeverRunsOutOfTimeSaysOfNothingThatItIsForeign() throws Exception {
        FreeStyleProject other = folder.createProject(FreeStyleProject.class, "other");
        Past.forJob(job).created(DEV, DEV_ID, 5139, 1);
        Past.forJob(other).created(DEV, DEV_ID, 5140, 2).created(DEV, DEV_ID, 5141, 3);
        TargetLine line = new OverviewSubject(job).lines().get(0);
        OwnRecords whole = OwnRecords.among(Map.of(line, 2L), WebRequestWait.deadline());
        assertThat(whole.has(line)).isTrue();
        FormLimits.noTime();
        OwnRecords late = OwnRecords.among(Map.of(line, 2L), WebRequestWait.deadline());
        assertThat(late.has(line)).isFalse();
        assertThat(late.isWhole()).isFalse();
    }

    @Test
    void twoCompareAtOnceAndTenWaitForTheirTurn() throws Exception {
        Past.forJob(job).created(DEV, DEV_ID, 5139, foreign(5139, DEV_ID));
        Set<String> hashes = hashes();
        Hold hold = server.holdAll("GET", StandInServer.BUILD_DEPLOYMENTS);
        Queue<ServerComparison.Result> answers = new ConcurrentLinkedQueue<>();
        List<Thread> callers = Stream.generate(() -> new Thread(() -> answers.add(answer(hashes))))
                .limit(ComparisonPermits.AT_ONCE + ComparisonPermits.WAITING)
                .toList();
        callers.forEach(Thread::start);
        TestWaits.until("no place", () -> ServerComparison.TURNS.free() == 0);
        TestWaits.until("all others in a queue", () -> ServerComparison.TURNS.queued() == ComparisonPermits.WAITING);
        assertThatThrownBy(() -> answer(hashes)).hasMessageContaining("Too many people compare with the server");
        assertThat(lists()).isLessThanOrEqualTo(ComparisonPermits.AT_ONCE);
        hold.release();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(answers)
                .hasSize(callers.size())
                .allSatisfy(answer -> assertThat(answer.targets())
                        .singleElement()
                        .satisfies(result -> assertThat(result).containsEntry("state", "same")));
    }

    @Test
    void whoeverWaitsForATurnWaitsNoLongerThanForAnAnswer() throws Exception {
        ComparisonPermits turns = new ComparisonPermits();
        for (int i = 0; i < ComparisonPermits.AT_ONCE; i++) {
            turns.enter(WebRequestWait.deadline());
        }
        FormLimits.noTime();
        assertThatThrownBy(() -> turns.enter(WebRequestWait.deadline())).hasMessageContaining("Try again");
        assertThat(turns.free()).isEqualTo(ComparisonPermits.WAITING);
        turns.leave();
        turns.enter(WebRequestWait.deadline());
    }
}
