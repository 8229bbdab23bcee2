package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.fixture.BlockedThreads;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.Waits;
import io.jenkins.plugins.metakraftwerk.server.PluginDisk;
import io.jenkins.plugins.metakraftwerk.server.PluginTime;
import io.jenkins.plugins.metakraftwerk.server.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** What a build remembers is on the disk in time, and nothing on the disk is destroyed. */
class DeploymentsFileTest {

    private static final PluginDisk DISK = new PluginDisk();

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();

    private FreeStyleBuild build;
    private Path file;

    @AfterAll
    static void putBack() {
        DISK.close();
    }

    @AfterEach
    void mend() {
        DISK.work();
        ExtensionList.lookupSingleton(LastSaves.class).onBeforeShutdown();
    }

    @BeforeEach
    void runBuild() throws Exception {
        build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        file = build.getRootDir().toPath().resolve("metakraftwerk-deployments.xml");
    }

    @Test
    void whatTheSameRunSaysLaterTakesThePlaceOfWhatItSaidBefore() throws Exception {
        record("one", "first words");
        record("two", "other words");
        record("one", "last words");

        assertThat(shown()).extracting(RecordedDeployment::getReason).containsExactly("last words", "other words");
        saved();
        reload();
        assertThat(shown()).extracting(RecordedDeployment::getReason).containsExactly("last words", "other words");
    }

    @Test
    void aFileThatCannotBeReadIsKeptAside() throws Exception {
        record("one", "a reason");
        saved();
        Files.writeString(file, "<list><what");
        reload();
        assertThat(shown()).isEmpty();

        record("two", "another reason");
        saved();

        assertThat(Files.readString(file)).contains("another reason");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files.filter(other -> other.getFileName().toString().endsWith(".unreadable")))
                    .singleElement()
                    .satisfies(aside -> assertThat(Files.readString(aside)).isEqualTo("<list><what"));
        }
    }

    @Test
    void anOutcomeOfANewerVersionBreaksNoPage() throws Exception {
        record("one", "a reason");
        record("two", "another reason");
        saved();
        Files.writeString(file, Files.readString(file).replaceFirst("FAILED", "POSTPONED"));
        reload();

        assertThat(jenkins.createWebClient()
                        .goTo(build.getUrl() + "metakraftwerk/")
                        .getBody()
                        .getTextContent())
                .contains("POSTPONED", "another reason");
        assertThat(jenkins.getJSON(build.getUrl() + "api/json").getJSONObject().toString())
                .contains("POSTPONED");
    }

    @Test
    void aBuildThatWasDeletedDoesNotComeBack() throws Exception {
        record("one", "a reason");
        saved();
        try (BlockedThreads held = BlockedThreads.ofThePlugin()) {
            record("two", "too late");
            build.delete();
        }
        saved();

        assertThat(build.getRootDir()).doesNotExist();
    }

    @Test
    void whatComesDuringTheRestAfterASaveIsSavedBeforeJenkinsStops() throws Exception {
        try (PluginTime time = new PluginTime()) {
            try (BlockedThreads held = BlockedThreads.ofThePlugin()) {
                record("one", "begins a save");
                record("two", "shares the next");
                record("three", "shares the next");
            }
            Waits.until("a rest", () -> time.waiting().size() == 1);
            saved();
            record("four", "waits for its end");
            assertThat(Files.readString(file)).doesNotContain("waits for its end");

            ExtensionList.lookupSingleton(LastSaves.class).onBeforeShutdown();

            assertThat(Files.readString(file)).contains("waits for its end");
        }
    }

    @Test
    void whatCannotBeReadIsNotWrittenOver() throws Exception {
        record("one", "a reason");
        saved();
        DISK.failToRead("metakraftwerk-deployments");
        reload();
        record("two", "another reason");
        tried();
        assertThat(shown()).extracting(RecordedDeployment::getReason).containsExactly("another reason");
        assertThat(Files.readString(file)).contains("a reason").doesNotContain("another reason");
        assertThat(page())
                .contains("The file metakraftwerk-deployments.xml of " + build.getFullDisplayName()
                        + " cannot be read: Input/output error.");

        DISK.work();
        assertThat(page()).doesNotContain("cannot be read").contains("a reason", "another reason");
        ExtensionList.lookupSingleton(LastSaves.class).onBeforeShutdown();
        reload();
        assertThat(shown()).extracting(RecordedDeployment::getReason).containsExactly("a reason", "another reason");
    }

    @Test
    void aSaveThatFailsIsTriedAgain() throws Exception {
        DISK.failToWrite("metakraftwerk-deployments");
        record("one", "a reason");
        tried();
        assertThat(file).doesNotExist();
        DISK.work();
        ExtensionList.lookupSingleton(LastSaves.class).onBeforeShutdown();
        assertThat(Files.readString(file)).contains("a reason");

        DISK.failToWrite("metakraftwerk-deployments");
        record("two", "another reason");
        tried();
        DISK.work();
        record("three", "a third one");
        saved();
        assertThat(Files.readString(file)).contains("a reason", "another reason", "a third one");
    }

    private String page() throws Exception {
        return jenkins.createWebClient()
                .goTo(build.getUrl() + "metakraftwerk/")
                .getBody()
                .getTextContent();
    }

    /** Returns when what was begun before has ended, well or not. */
    private static void tried() throws Exception {
        BlockedThreads.ofThePlugin().close();
    }

    private void record(String owner, String reason) throws Exception {
        DeploymentRequest request = new DeploymentFields("5139")
                .pattern("P", null)
                .deployment("D", null)
                .request();
        var asked = new AskedDeployment(owner, request, Target.of(null, null, null), "mkDeploy");
        BuildDeploymentsAction.record(build, RecordedDeployment.without(asked, false, reason, new Date()));
    }

    /** Makes Jenkins read the build from the disk, as after a restart. */
    private void reload() throws Exception {
        FreeStyleProject job = build.getProject();
        job.doReload();
        FreeStyleBuild anew = job.getBuildByNumber(build.getNumber());
        assertThat(anew).isNotSameAs(build);
        build = anew;
    }

    private List<RecordedDeployment> shown() {
        return build.getAction(BuildDeploymentsAction.class).getDeployments();
    }

    /** Returns when all is on the disk, and the build itself knows that it has something to show. */
    private void saved() throws Exception {
        boolean waiting;
        do {
            waiting = DeploymentsFile.isAnyWaiting();
            // To get hold of all threads is to know that what was begun before has ended.
            BlockedThreads.ofThePlugin().close();
        } while (waiting);
        Path own = build.getRootDir().toPath().resolve("build.xml");
        Waits.until(
                "a build that knows it", () -> !Files.exists(own) || text(own).contains("BuildDeploymentsAction"));
    }

    private static String text(Path of) {
        try {
            return Files.readString(of);
        } catch (IOException e) {
            return "";
        }
    }
}
