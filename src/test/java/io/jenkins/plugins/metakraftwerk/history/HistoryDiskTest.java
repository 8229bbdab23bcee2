package io.jenkins.plugins.metakraftwerk.history;

import static io.jenkins.plugins.metakraftwerk.history.Entries.landed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.run.ShutdownSaveListener;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.PluginDisk;
import io.jenkins.plugins.metakraftwerk.store.LinesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The history of a job on a disk that fails: nothing of it is lost, and who looks is told what is missing. */
class HistoryDiskTest {

    private static final PluginDisk DISK = new PluginDisk();
    private static final String OURS = "metakraftwerk-";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final MetaKraftwerkGlobalConfiguration configuration = MetaKraftwerkGlobalConfiguration.get();
    private FreeStyleProject job;
    private JobHistory history = new JobHistory();

    @AfterAll
    static void putBack() {
        DISK.close();
    }

    @BeforeEach
    void createJob() throws Exception {
        job = SHARED.jenkins().createFreeStyleProject();
    }

    @AfterEach
    void setBack() throws Exception {
        DISK.work();
        configuration.setHistoryPerTarget(200);
        job.delete();
    }

    /** So many attempts, each at a target of its own. */
    private void fill(int many) {
        for (int i = 1; i <= many; i++) {
            history.add(job, landed("old " + i, i, i, i), false);
        }
        history = new JobHistory();
    }

    private void add(String owner, long deployment, long time) {
        history.add(job, landed(owner, deployment, 1, time), false);
    }

    private Path file(String name) {
        return job.getRootDir().toPath().resolve(name);
    }

    private List<String> owners(JobHistory from) {
        return from.lines(job).stream()
                .flatMap(line -> from.attempts(job, line).stream())
                .map(AttemptRecord::owner)
                .sorted()
                .toList();
    }

    @Test
    void whatCannotBeReadIsNotForgotten() throws Exception {
        fill(30);
        configuration.setHistoryPerTarget(1);
        DISK.failToRead(OURS);
        add("new 1", 100, 100);
        add("new 2", 101, 101);
        assertThat(owners(history)).as("what has been noted since").containsExactly("new 1", "new 2");
        assertThat(history.problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.reason()).isEqualTo("Input/output error"));

        DISK.work();
        assertThat(history.lines(job)).hasSize(32);
        assertThat(owners(history)).hasSize(32);
        assertThat(history.problems()).isEmpty();
        assertThat(owners(new JobHistory())).as("after a restart").hasSize(32);
    }

    @Test
    void nothingIsCutByWhatCouldNotBeRead() throws Exception {
        fill(3);
        configuration.setHistoryPerTarget(1);
        DISK.failToRead(JobHistory.TARGETS);
        for (int i = 1; i <= 40; i++) {
            add("new " + i, 100, 100 + i);
        }
        DISK.work();
        assertThat(Files.readAllLines(file(HistoryFile.NAME))).hasSize(43);
        assertThat(history.lines(job)).hasSize(4);
        assertThat(new JobHistory().lines(job)).hasSize(4);
    }

    @Test
    void whatCannotBeWrittenIsWrittenWhenJenkinsStops() throws Exception {
        fill(1);
        DISK.failToWrite(OURS);
        add("new", 2, 2);
        assertThat(owners(history)).containsExactly("new", "old 1");
        assertThat(Files.readAllLines(file(HistoryFile.NAME))).hasSize(1);
        DISK.work();
        ExtensionList.lookupSingleton(ShutdownSaveListener.class).onBeforeShutdown();
        assertThat(Files.readAllLines(file(HistoryFile.NAME))).hasSize(2);
        assertThat(owners(new JobHistory())).containsExactly("new", "old 1");
    }

    @Test
    void aCrashBetweenTheTwoFilesLosesNothing() throws Exception {
        fill(1);
        DISK.failToWrite(JobHistory.TARGETS);
        AttemptRecord entry = landed("new", 2, 2, 2);
        history.add(job, entry, false);
        DISK.work();

        history = new JobHistory();
        history.add(job, entry, true);
        assertThat(owners(history)).as("told again").containsExactly("new", "old 1");
        history = new JobHistory();
        history.add(job, entry, true);
        assertThat(owners(new JobHistory())).as("and again").containsExactly("new", "old 1");
        assertThat(Files.readAllLines(file(HistoryFile.NAME))).hasSize(2);
    }

    /** Where nobody tells of it again, since its job was moved here from another Jenkins. */
    @Test
    void aCrashBetweenTheTwoFilesIsMendedByTheFileThatHasAll() throws Exception {
        fill(1);
        DISK.failToWrite(JobHistory.TARGETS);
        add("new", 2, 2);
        DISK.work();
        assertThat(new JobHistory().lines(job)).hasSize(1);

        Files.delete(file(JobHistory.TARGETS));
        assertThat(owners(new JobHistory())).containsExactly("new", "old 1");
    }

    @Test
    void whatWasMadeAnewIsWrittenAsSoonAsItCan() throws Exception {
        fill(3);
        Files.delete(file(JobHistory.TARGETS));
        DISK.failToWrite(JobHistory.TARGETS);
        assertThat(history.lines(job)).hasSize(3);
        DISK.work();
        add("new", 4, 4);
        assertThat(Files.readAllLines(file(JobHistory.TARGETS))).hasSize(4);
    }

    @Test
    void nothingIsMadeAnewOfWhatCannotBeRead() throws Exception {
        fill(3);
        String first = Files.readAllLines(file(JobHistory.TARGETS)).get(0);
        Files.write(file(JobHistory.TARGETS), List.of(first, "{}"));
        DISK.failToRead(HistoryFile.NAME);
        assertThat(history.lines(job)).hasSize(1);
        add("new", 4, 4);
        assertThat(history.lines(job)).hasSize(2);
        assertThat(history.problems())
                .extracting(LinesFile.Problem::reason)
                .containsExactly(null, "Input/output error");
        DISK.work();
        assertThat(owners(history)).containsExactly("new", "old 1");
        assertThat(Files.readAllLines(file(HistoryFile.NAME)))
                .as("nothing is lost")
                .hasSize(4);
    }

    /** Whoever looks first waits for that, and nobody later. */
    @Test
    void isMadeAnewOnce() throws Exception {
        fill(3);
        Files.delete(file(JobHistory.TARGETS));
        int before = reads();
        for (int i = 0; i < 3; i++) {
            assertThat(history.lines(job)).hasSize(3);
            assertThat(new JobHistory().lines(job)).hasSize(3);
        }
        assertThat(reads() - before).isEqualTo(1);
    }

    private int reads() {
        return DISK.reads(HistoryFile.NAME).getOrDefault(file(HistoryFile.NAME), 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatCannotBeClearedStays(boolean readable) throws Exception {
        fill(2);
        TargetLine line = history.lines(job).get(0);
        if (readable) {
            DISK.failToWrite(OURS);
        } else {
            DISK.failToRead(OURS);
        }
        assertThatThrownBy(() -> history.remove(job, line)).isInstanceOf(IOException.class);
        DISK.work();
        assertThat(owners(history)).hasSize(2);
        history.remove(job, line);
        assertThat(owners(new JobHistory())).hasSize(1);
    }

    @Test
    void aLineThatIsNotUnderstoodIsPutAsideAndNamed() throws Exception {
        fill(2);
        for (String name : List.of(JobHistory.TARGETS, HistoryFile.NAME)) {
            List<String> lines = Files.readAllLines(file(name));
            Files.write(file(name), List.of(lines.get(0), lines.get(1).replace("\"attempt\"", "\"other\""), "{}"));
        }
        JobHistories.get()
                .forJob(job)
                .lines(job)
                .forEach(line -> JobHistories.get().forJob(job).attempts(job, line));
        assertThat(file(JobHistory.TARGETS + ".unreadable")).content().contains("\"other\"", "{}");
        String page = SHARED.jenkins()
                .createWebClient()
                .goTo(job.getUrl() + "metakraftwerk/")
                .asNormalizedText();
        assertThat(page)
                .contains("2 lines of the file metakraftwerk-targets.jsonl of " + job.getName()
                        + " could not be understood. They were put aside, into"
                        + " metakraftwerk-targets.jsonl.unreadable.");
    }

    @Test
    void pagesSayWhatIsMissing() throws Exception {
        fill(1);
        JobHistories.get().forJob(job);
        DISK.failToRead(OURS);
        for (String place : List.of(job.getUrl(), "")) {
            String page = SHARED.jenkins()
                    .createWebClient()
                    .goTo(place + "metakraftwerk/")
                    .asNormalizedText();
            assertThat(page)
                    .contains("The file metakraftwerk-targets.jsonl of " + job.getName()
                            + " cannot be read: Input/output error.");
        }
        assertThat(new Overview(new OverviewSubject(job)).getIconFileName())
                .as("nothing to see, but why")
                .isNotNull();
        DISK.work();
        TargetLine line = DeploymentHistory.targets(job).get(0);
        DISK.failToRead(HistoryFile.NAME);
        assertThat(SHARED.jenkins()
                        .createWebClient()
                        .goTo(job.getUrl() + "metakraftwerk/target/"
                                + line.key().hash() + "/")
                        .asNormalizedText())
                .contains("The file metakraftwerk-history.jsonl of " + job.getName() + " cannot be read");
        DISK.work();
        assertThat(SHARED.jenkins()
                        .createWebClient()
                        .goTo(job.getUrl() + "metakraftwerk/")
                        .asNormalizedText())
                .doesNotContain("metakraftwerk-targets.jsonl");
    }

    @Test
    void anOutcomeOfANewerVersionBreaksNoPage() throws Exception {
        fill(1);
        for (String name : List.of(JobHistory.TARGETS, HistoryFile.NAME)) {
            Files.writeString(file(name), Files.readString(file(name)).replace("CREATED", "POSTPONED"));
        }
        TargetLine line = DeploymentHistory.targets(job).get(0);
        for (String page : List.of("", "target/" + line.key().hash() + "/")) {
            assertThat(SHARED.jenkins()
                            .createWebClient()
                            .goTo(job.getUrl() + "metakraftwerk/" + page)
                            .getWebResponse()
                            .getContentAsString())
                    .contains("POSTPONED");
        }
        assertThat(SHARED.jenkins()
                        .getJSON(job.getUrl() + "metakraftwerk/api/json")
                        .getJSONObject()
                        .toString())
                .contains("POSTPONED");
    }
}
