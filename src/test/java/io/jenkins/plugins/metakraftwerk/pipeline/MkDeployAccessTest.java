package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.AUTHENTICATION;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Fingerprint;
import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** Which server and which credential {@code mkDeploy} uses, and that no secret gets out. */
class MkDeployAccessTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @Test
    void sendsTheTokenOfTheServersCredential() throws Exception {
        Scripts.succeed(jenkins, Scripts.DEPLOY);

        assertThat(server.requests())
                .isNotEmpty()
                .allMatch(request -> ("Bearer " + server.token()).equals(request.header("Authorization")));
    }

    @Test
    void logsInOnceForAllCallsOfAnAccount() throws Exception {
        Scripts.succeed(jenkins, "2.times { " + Scripts.DEPLOY + ", credentialsId: '" + Setup.ACCOUNT_ID + "' }");

        assertThat(server.requests("POST", AUTHENTICATION)).hasSize(1);
        assertThat(server.deployments()).hasSize(2);
    }

    @Test
    void logsInAnewWhenTheTokenHasExpired() throws Exception {
        String script = Scripts.DEPLOY + ", credentialsId: '" + Setup.ACCOUNT_ID + "'";
        Scripts.succeed(jenkins, script);
        server.expireTokens();

        Scripts.succeed(jenkins, script);

        assertThat(server.requests("POST", AUTHENTICATION)).hasSize(2);
        assertThat(server.deployments()).hasSize(2);
    }

    @Test
    void goesToTheServerThatTheStepNames() throws Exception {
        try (StandInServer other = StandInServer.start()) {
            Setup.servers(
                    Setup.server("first", server.url(), Setup.TOKEN_ID),
                    Setup.server("second", other.url(), Setup.TOKEN_ID));

            String log = Scripts.succeed(jenkins, Scripts.DEPLOY + ", server: 'second'");

            assertThat(log).contains("on second (" + other.url().replace("http://", "") + ")");
            assertThat(other.deployments()).hasSize(1);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void namesTheServersThatThereAreWhereOneIsMissing() throws Exception {
        String log = Scripts.fail(jenkins, Scripts.DEPLOY + ", server: 'tset'");

        assertThat(log)
                .contains("ERROR: There is no MetaKraftwerk server called 'tset'. Configured are: stand-in.")
                .doesNotContain("\tat ");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void sendsSomebodyToTheAdminWhereNoServerIsConfigured() throws Exception {
        Setup.servers();

        assertThat(Scripts.fail(jenkins, Scripts.DEPLOY)).contains("ERROR: No MetaKraftwerk server is configured.");
    }

    @Test
    void namesTheCredentialThatIsMissing() throws Exception {
        String log = Scripts.fail(jenkins, Scripts.DEPLOY + ", credentialsId: 'gone'");

        assertThat(log)
                .contains("ERROR: There is no usable credential with the id 'gone'")
                .doesNotContain("\tat ");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void usesACredentialOfTheFolderOnlyInTheFolder() throws Exception {
        Folder folder = jenkins.createProject(Folder.class);
        Setup.folderCredential(folder, Setup.secretText("mk-folder", server.token()));
        String script = Scripts.DEPLOY + ", credentialsId: 'mk-folder'";
        WorkflowJob inside = folder.createProject(WorkflowJob.class, "inside");
        inside.setDefinition(new CpsFlowDefinition(script, true));

        jenkins.buildAndAssertSuccess(inside);
        assertThat(server.deployments()).hasSize(1);

        server.clearRequests();
        assertThat(Scripts.fail(jenkins, script)).contains("no usable credential with the id 'mk-folder'");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void keepsSystemCredentialsForTheServer() throws Exception {
        Setup.systemCredential(Setup.secretText(CredentialsScope.SYSTEM, "mk-system", server.token()));
        Setup.servers(Setup.server("stand-in", server.url(), "mk-system"));

        Scripts.succeed(jenkins, Scripts.DEPLOY);
        assertThat(Scripts.fail(jenkins, Scripts.DEPLOY + ", credentialsId: 'mk-system'"))
                .contains(
                        "ERROR: The credential 'mk-system' has the scope System: only the configuration of a server",
                        "Nothing was sent.");

        assertThat(server.deployments()).hasSize(1);
    }

    @Test
    void recordsWhereTheCredentialWasUsed() throws Exception {
        StandardCredentials credential = Setup.secretText("mk-tracked", server.token());
        Setup.systemCredential(credential);
        WorkflowJob job = Scripts.job(jenkins, Scripts.DEPLOY + ", credentialsId: 'mk-tracked'");

        WorkflowRun run = jenkins.buildAndAssertSuccess(job);

        Fingerprint used = CredentialsProvider.getFingerprintOf(credential);
        assertThat(used).isNotNull();
        assertThat(used.getRangeSet(job).includes(run.getNumber())).isTrue();
    }

    @Test
    void letsNoSecretOut() throws Exception {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.error(400, "You sent " + server.token()));
        WorkflowJob job = Scripts.job(
                jenkins,
                "catchError { " + Scripts.DEPLOY + " }\n" + Scripts.DEPLOY + ", credentialsId: '" + Setup.ACCOUNT_ID
                        + "'");

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        assertThat(JenkinsRule.getLog(run)).contains("You sent ****");
        assertThat(server.deployments()).hasSize(1);
        try (Stream<Path> files = Files.walk(run.getRootDir().toPath())) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(text(file))
                            .doesNotContain(server.token(), StandInDefaults.PASSWORD)
                            .doesNotContain("eyJ"));
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
