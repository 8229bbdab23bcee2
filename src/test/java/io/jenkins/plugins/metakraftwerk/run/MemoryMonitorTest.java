package io.jenkins.plugins.metakraftwerk.run;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.Waits;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Where it is not known what runs have done, nothing is deployed before an administrator has decided. */
class MemoryMonitorTest {

    private static final String DEPLOY =
            "mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV', skipIfDeployed: true";
    private static final String WAITS = "Waiting until an administrator of Jenkins has decided";
    private static final String PREFIX = "io.jenkins.plugins.metakraftwerk.";

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    private interface Damage {
        void to(Path file) throws IOException;
    }

    /** A Jenkins that comes back, and finds a file other than it left it. */
    private void damaged(String name, Damage damage, JenkinsSessions.Step then) throws Throwable {
        sessions.then(jenkins -> damage.to(file(name)));
        sessions.then(then);
    }

    private static Path file(String name) {
        return Jenkins.get().getRootDir().toPath().resolve(PREFIX + name);
    }

    private static WorkflowRun start(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private WorkflowRun waiting(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = start(jenkins, DEPLOY);
        jenkins.waitForMessage(WAITS, run);
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).isEmpty();
        return run;
    }

    private void goesOn(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(server.deployments()).hasSize(1);
    }

    private static MemoryMonitor monitor() {
        return ExtensionList.lookupSingleton(MemoryMonitor.class);
    }

    private static void decide(JenkinsRule jenkins, String name) throws Exception {
        HtmlPage page = jenkins.createWebClient().goTo("manage/");
        HtmlForm form = page.getFormByName("metakraftwerk-" + name);
        HtmlPage after = jenkins.submit(form);
        assertThat(after.getForms()).extracting(HtmlForm::getNameAttribute).doesNotContain("metakraftwerk-" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claims", "attempts"})
    void damagedLinesArePutAsideWhenAnAdministratorSaysSo(String name) throws Throwable {
        damaged(name, file -> Files.writeString(file, "<b>what</b>\n"), jenkins -> {
            WorkflowRun run = waiting(jenkins);
            jenkins.assertLogContains(
                    "Lines of the file " + PREFIX + name + " in the home of Jenkins cannot be understood (1).", run);
            String page = jenkins.createWebClient().goTo("manage/").asNormalizedText();
            assertThat(page)
                    .contains("The file " + file(name) + " has lines that cannot be understood: 1.")
                    .contains("nothing is deployed on any MetaKraftwerk server")
                    .contains(name.equals("claims") ? "take the record of the other" : "may be sent again")
                    .contains("<b>what</b>");

            decide(jenkins, name);

            goesOn(jenkins, run);
            assertThat(file(name + ".unreadable")).hasContent("<b>what</b>");
            assertThat(Files.exists(file(name)) ? Files.readString(file(name)) : "")
                    .doesNotContain("what");
            assertThat(monitor().isActivated()).isFalse();
        });
        sessions.then(jenkins -> assertThat(monitor().isActivated()).isFalse());
    }

    @Test
    void whatCannotBeReadIsMovedWhenAnAdministratorSaysSo() throws Throwable {
        damaged("claims", MemoryMonitorTest::folder, jenkins -> {
            WorkflowRun run = waiting(jenkins);
            assertThat(jenkins.createWebClient().goTo("manage/").asNormalizedText())
                    .contains("The file " + file("claims") + " cannot be read: ");
            decide(jenkins, "claims");
            goesOn(jenkins, run);
            assertThat(file("claims.unreadable")).isDirectory();
            assertThat(Files.readString(file("claims"))).contains("#1 ");
        });
    }

    private static void folder(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createDirectories(file.resolve("deeper"));
    }

    @Test
    void whatCanBeReadAgainNeedsNobody() throws Throwable {
        damaged("attempts", MemoryMonitorTest::folder, jenkins -> {
            WorkflowRun run = waiting(jenkins);
            Files.delete(file("attempts").resolve("deeper"));
            Files.delete(file("attempts"));
            goesOn(jenkins, run);
            assertThat(monitor().isActivated()).isFalse();
        });
    }

    @Test
    void linesOfAnotherServerHoldUpNobodyHere() throws Throwable {
        damaged("claims", file -> Files.writeString(file, "https://elsewhere.invalid#x\n"), jenkins -> {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(start(jenkins, DEPLOY)));
            assertThat(jenkins.createWebClient().goTo("manage/").asNormalizedText())
                    .contains("So nothing is deployed on https://elsewhere.invalid.");
        });
    }

    @Test
    void nothingIsSentWhereNobodyDecides() throws Throwable {
        damaged("claims", MemoryMonitorTest::folder, jenkins -> {
            WorkflowRun run = start(jenkins, DEPLOY + ", waitMinutes: 1");
            jenkins.waitForMessage(WAITS, run);
            sessions.time().skip(Duration.ofMinutes(1));
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("No administrator of Jenkins has decided in time", run);
            jenkins.assertLogContains("Nothing was deployed.", run);
            assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).isEmpty();
        });
    }

    @Test
    void onlyAdministratorsAreTold() throws Throwable {
        damaged("claims", MemoryMonitorTest::folder, jenkins -> {
            Setup.secure(jenkins)
                    .let("reader", Jenkins.READ)
                    .let("manager", Jenkins.READ, Jenkins.MANAGE, Jenkins.SYSTEM_READ)
                    .let("admin", Jenkins.ADMINISTER);
            assertThat(shown(jenkins, "admin")).contains(PREFIX + "claims");
            assertThat(shown(jenkins, "manager")).doesNotContain(PREFIX + "claims");
            assertThat(jenkins.createWebClient()
                            .withThrowExceptionOnFailingStatusCode(false)
                            .login("manager")
                            .goTo(monitor().getUrl())
                            .getWebResponse()
                            .getStatusCode())
                    .isEqualTo(403);
        });
    }

    private static String shown(JenkinsRule jenkins, String user) throws Exception {
        return jenkins.createWebClient().login(user).goTo("manage/").asNormalizedText();
    }

    @Test
    void jenkinsStartsWhateverIsInOurFiles() throws Throwable {
        sessions.then(jenkins -> {
            for (String name : new String[] {"claims", "attempts", "untold"}) {
                Files.write(file(name), new byte[] {(byte) 0xff, 0, 7, '\n', '\n', (byte) 0xfe, '\n', '{'});
            }
        });
        sessions.then(jenkins -> {
            assertThat(monitor().getLost()).hasSize(2);
            assertThat(file("untold.unreadable")).isNotEmptyFile();
            WorkflowRun run = waiting(jenkins);
            decide(jenkins, "claims");
            decide(jenkins, "attempts");
            goesOn(jenkins, run);
        });
        sessions.then(jenkins -> {
            for (String name : new String[] {"claims", "attempts", "untold"}) {
                folder(file(name));
            }
        });
        sessions.then(jenkins -> {
            assertThat(monitor().getLost()).hasSize(2);
            Waits.until(
                    "a Jenkins that works", () -> Jenkins.get().getInitLevel().ordinal() > 0);
        });
    }
}
