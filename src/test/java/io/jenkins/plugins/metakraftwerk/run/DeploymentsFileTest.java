package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.server.PluginDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        ExtensionList.lookupSingleton(ShutdownSaveListener.class).onBeforeShutdown();
    }

    @BeforeEach
    void runBuild() throws Exception {
        build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        file = build.getRootDir().toPath().resolve(DeploymentsFile.NAME);
    }

    @Test
    void whatTheSameRunSaysLaterTakesThePlaceOfWhatItSaidBefore() throws Exception {
        record("one", "first words");
        record("two", "other words");
        record("one", "last words");

        assertThat(shown()).extracting(AttemptInBuild::getReason).containsExactly("last words", "other words");
        reload();
        assertThat(shown()).extracting(AttemptInBuild::getReason).containsExactly("last words", "other words");
    }

    @Test
    void whatIsNotUnderstoodIsKeptAside() throws Exception {
        record("one", "a reason");
        Files.writeString(file, "<list><what\n");
        reload();
        assertThat(shown()).isEmpty();

        record("two", "another reason");
        assertThat(Files.readString(file)).contains("another reason").doesNotContain("what");
        assertThat(file.resolveSibling(DeploymentsFile.NAME + ".unreadable")).hasContent("<list><what");
        assertThat(page()).contains("1 lines of the file " + DeploymentsFile.NAME);
    }

    @Test
    void anOutcomeOfANewerVersionBreaksNoPage() throws Exception {
        record("one", "a reason");
        record("two", "another reason");
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
        build.delete();
        BuildDeploymentsAction.record(build, Attempts.ended("two", "FAILED", null, "too late"));

        assertThat(build.getRootDir()).doesNotExist();
    }

    @Test
    void whatCannotBeReadIsNotWrittenOver() throws Exception {
        record("one", "a reason");
        DISK.failToRead("metakraftwerk-deployments");
        reload();
        record("two", "another reason");
        assertThat(shown()).extracting(AttemptInBuild::getReason).containsExactly("another reason");
        assertThat(Files.readString(file)).contains("a reason").doesNotContain("another reason");
        assertThat(page())
                .contains("The file metakraftwerk-deployments.jsonl of " + build.getFullDisplayName()
                        + " cannot be read: Input/output error.");

        DISK.work();
        assertThat(page()).doesNotContain("cannot be read").contains("a reason", "another reason");
        ExtensionList.lookupSingleton(ShutdownSaveListener.class).onBeforeShutdown();
        reload();
        assertThat(shown()).extracting(AttemptInBuild::getReason).containsExactly("a reason", "another reason");
    }

    @Test
    void aSaveThatFailsIsTriedAgain() throws Exception {
        DISK.failToWrite("metakraftwerk-deployments");
        record("one", "a reason");
        assertThat(file).doesNotExist();
        DISK.work();
        ExtensionList.lookupSingleton(ShutdownSaveListener.class).onBeforeShutdown();
        assertThat(Files.readString(file)).contains("a reason");

        DISK.failToWrite("metakraftwerk-deployments");
        record("two", "another reason");
        DISK.work();
        record("three", "a third one");
        assertThat(Files.readString(file)).contains("a reason", "another reason", "a third one");
    }

    /** Not for each attempt, and nothing of it is lost. */
    @Test
    void isShortenedWhenItIsTwiceAsLongAsWhatIsKept() throws Exception {
        for (int i = 0; i < 2 * KeptAttempts.MOST; i++) {
            record("o" + i, "why " + i);
        }
        assertThat(Files.readAllLines(file)).hasSize(2 * KeptAttempts.MOST);
        record("o" + 2 * KeptAttempts.MOST, "the last");
        assertThat(Files.readAllLines(file)).hasSize(KeptAttempts.MOST + 1);
        for (int i = 0; i < 2; i++) {
            assertThat(shown())
                    .hasSize(KeptAttempts.MOST)
                    .last()
                    .extracting(AttemptInBuild::getReason)
                    .isEqualTo("the last");
            assertThat(build.getAction(BuildDeploymentsAction.class).getLeftOut())
                    .isEqualTo(KeptAttempts.MOST + 1);
            reload();
        }
    }

    @Test
    void theSameAgainIsNoNews() throws Exception {
        assertThat(BuildDeploymentsAction.record(build, Attempts.ended("one", "CREATED", 7L, null)))
                .isTrue();
        reload();
        assertThat(BuildDeploymentsAction.record(build, Attempts.ended("one", "CREATED", 7L, null)))
                .isFalse();
        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    private String page() throws Exception {
        return jenkins.createWebClient()
                .goTo(build.getUrl() + "metakraftwerk/")
                .getBody()
                .getTextContent();
    }

    private void record(String owner, String reason) {
        BuildDeploymentsAction.record(build, Attempts.ended(owner, "FAILED", null, reason));
    }

    /** Makes Jenkins read the build from the disk, as after a restart. */
    private void reload() throws Exception {
        FreeStyleProject job = build.getProject();
        job.doReload();
        FreeStyleBuild anew = job.getBuildByNumber(build.getNumber());
        assertThat(anew).isNotSameAs(build);
        build = anew;
    }

    private List<AttemptInBuild> shown() {
        return build.getAction(BuildDeploymentsAction.class).getDeployments();
    }
}
