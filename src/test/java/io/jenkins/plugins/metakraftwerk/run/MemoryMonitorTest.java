package io.jenkins.plugins.metakraftwerk.run;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
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
import org.jvnet.hudson.test.JenkinsRule;

/** Where it is not known what runs have done, nothing is deployed before an administrator has decided. */
class MemoryMonitorTest {

    private static final String DEPLOY =
            "mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV', skipIfDeployed: true";
    private static final String WAITS = "Waiting until an administrator of Jenkins decides";
    private static final String FORM = "metakraftwerk-lost";
    private static final String PREFIX = "io.jenkins.plugins.metakraftwerk.";

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    private interface Damage {
        void to(Path file) throws IOException;
    }

    /** A Jenkins that comes back, and finds its file other than it left it. */
    private void damaged(Damage damage, JenkinsSessions.Step then) throws Throwable {
        sessions.then(jenkins -> damage.to(file()));
        sessions.then(then);
    }

    private static Path file() {
        return file("ledger");
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

    private static void decide(JenkinsRule jenkins) throws Exception {
        HtmlPage page = jenkins.createWebClient().goTo("manage/");
        HtmlForm form = page.getFormByName(FORM);
        HtmlPage after = jenkins.submit(form);
        assertThat(after.getForms()).extracting(HtmlForm::getNameAttribute).doesNotContain(FORM);
    }

    @Test
    void damagedLinesArePutAsideWhenAnAdministratorSaysSo() throws Throwable {
        damaged(file -> Files.writeString(file, "<b>what</b>\n"), jenkins -> {
            WorkflowRun run = waiting(jenkins);
            jenkins.assertLogContains(
                    "Lines of the file " + PREFIX + "ledger in the home of Jenkins cannot be understood (1).", run);
            String page = jenkins.createWebClient().goTo("manage/").asNormalizedText();
            assertThat(page)
                    .contains("The file " + file() + " has lines that cannot be understood: 1.")
                    .contains("nothing is deployed on any MetaKraftwerk server")
                    .contains("take the record of the other", "may be sent again")
                    .contains("<b>what</b>");

            decide(jenkins);

            goesOn(jenkins, run);
            assertThat(file("ledger.unreadable")).hasContent("<b>what</b>");
            assertThat(file()).content().contains("\"CLAIMED\"").doesNotContain("what");
            assertThat(monitor().isActivated()).isFalse();
        });
        sessions.then(jenkins -> assertThat(monitor().isActivated()).isFalse());
    }

    @Test
    void whatCannotBeReadIsMovedWhenAnAdministratorSaysSo() throws Throwable {
        damaged(MemoryMonitorTest::folder, jenkins -> {
            WorkflowRun run = waiting(jenkins);
            assertThat(jenkins.createWebClient().goTo("manage/").asNormalizedText())
                    .contains("The file " + file() + " cannot be read: ");
            decide(jenkins);
            goesOn(jenkins, run);
            assertThat(file("ledger.unreadable")).isDirectory();
            assertThat(Files.readString(file())).contains("\"CLAIMED\"");
        });
    }

    private static void folder(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createDirectories(file.resolve("deeper"));
    }

    @Test
    void whatCanBeReadAgainNeedsNobody() throws Throwable {
        damaged(MemoryMonitorTest::folder, jenkins -> {
            WorkflowRun run = waiting(jenkins);
            Files.delete(file().resolve("deeper"));
            Files.delete(file());
            goesOn(jenkins, run);
            assertThat(monitor().isActivated()).isFalse();
        });
    }

    @Test
    void linesOfAnotherServerHoldUpNobodyHere() throws Throwable {
        damaged(
                file -> Files.writeString(file, "{\"run\":\"x\",\"server\":\"https://elsewhere.invalid\"}\n"),
                jenkins -> {
                    jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(start(jenkins, DEPLOY)));
                    assertThat(jenkins.createWebClient().goTo("manage/").asNormalizedText())
                            .contains("So nothing is deployed on https://elsewhere.invalid.");
                });
    }

    @Test
    void nothingIsSentWhereNobodyDecides() throws Throwable {
        damaged(MemoryMonitorTest::folder, jenkins -> {
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
        damaged(MemoryMonitorTest::folder, jenkins -> {
            Setup.secure(jenkins)
                    .let("reader", Jenkins.READ)
                    .let("manager", Jenkins.READ, Jenkins.MANAGE, Jenkins.SYSTEM_READ)
                    .let("admin", Jenkins.ADMINISTER);
            assertThat(shown(jenkins, "admin")).contains(PREFIX + "ledger");
            assertThat(shown(jenkins, "manager")).doesNotContain(PREFIX + "ledger");
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
    void jenkinsStartsWhateverIsInOurFile() throws Throwable {
        sessions.then(jenkins -> {
            Files.write(file("ledger"), new byte[] {(byte) 0xff, 0, 7, '\n', '\n', (byte) 0xfe, '\n', '{'});
        });
        sessions.then(jenkins -> {
            assertThat(monitor().isActivated()).isTrue();
            WorkflowRun run = waiting(jenkins);
            decide(jenkins);
            goesOn(jenkins, run);
        });
        sessions.then(jenkins -> folder(file("ledger")));
        sessions.then(jenkins -> {
            assertThat(monitor().isActivated()).isTrue();
            TestWaits.until(
                    "a Jenkins that works", () -> Jenkins.get().getInitLevel().ordinal() > 0);
        });
    }
}
