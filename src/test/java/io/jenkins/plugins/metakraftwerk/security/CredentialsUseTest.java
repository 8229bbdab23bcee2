package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsParameterDefinition;
import com.cloudbees.plugins.credentials.CredentialsParameterValue;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Fingerprint;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/** The use of a credential is recorded, and one that is no longer there is missed with a clear word. */
class CredentialsUseTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    private StandardCredentials main;

    @BeforeAll
    static void addUsers() {
        Setup.secure(SHARED.jenkins())
                .let("builder user", Jenkins.READ, Item.READ, Item.BUILD)
                .let("user", CredentialsProvider.USE_ITEM);
    }

    @BeforeEach
    void aCredentialThatNobodyHasUsed() {
        main = Setup.secretText(server.url(), server.token());
        Setup.systemCredential(main);
        Setup.servers(Setup.server("main", server.url(), server.url()));
    }

    private static void isTracked(StandardCredentials credential, Run<?, ?> run) throws Exception {
        Fingerprint fingerprint = CredentialsProvider.getFingerprintOf(credential);
        assertThat(fingerprint).isNotNull();
        assertThat(fingerprint.getRangeSet(run.getParent()).includes(run.getNumber()))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void theUseOfTheServersCredentialIsTracked(Deploying kind) throws Exception {
        isTracked(main, Deploying.run(jenkins, kind.job(jenkins.jenkins, Map.of()), Result.SUCCESS));
    }

    @ParameterizedTest
    @EnumSource
    void theUseOfTheJobsCredentialIsTracked(Deploying kind) throws Exception {
        Folder folder = jenkins.createProject(Folder.class);
        StandardCredentials own = Setup.secretText("own", server.token());
        Setup.folderCredential(folder, own);
        Run<?, ?> run = Deploying.run(jenkins, kind.job(folder, Map.of("credentialsId", "own")), Result.SUCCESS);
        isTracked(own, run);
        assertThat(CredentialsProvider.getFingerprintOf(main)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aDeletedCredentialIsMissedAtOnce(Deploying kind) throws Exception {
        Job<?, ?> job = kind.job(jenkins.jenkins, Map.of());
        Deploying.run(jenkins, job, Result.SUCCESS);
        SystemCredentialsProvider.getInstance().getCredentials().remove(main);
        server.clearRequests();
        Run<?, ?> run = Deploying.run(jenkins, job, Result.FAILURE);
        jenkins.assertLogContains(
                "There is no usable credential with the id '" + server.url() + "' in the system store. It may have been"
                        + " moved or deleted",
                run);
        assertThat(JenkinsRule.getLog(run)).doesNotContain("\tat io.jenkins");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aCredentialThatMovedToAnotherFolderIsMissedAtOnce(Deploying kind) throws Exception {
        Folder folder = jenkins.createProject(Folder.class);
        StandardCredentials own = Setup.secretText("moving", server.token());
        Setup.folderCredential(folder, own);
        Job<?, ?> job = kind.job(folder, Map.of("credentialsId", "moving"));
        Deploying.run(jenkins, job, Result.SUCCESS);
        Setup.folderStore(folder).removeCredentials(Domain.global(), own);
        Setup.folderCredential(jenkins.createProject(Folder.class), own);
        server.clearRequests();
        jenkins.assertLogContains(
                "There is no usable credential with the id 'moving' in the stores that",
                Deploying.run(jenkins, job, Result.FAILURE));
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aChangedSecretIsUsedFromTheNextRunOn(Deploying kind) throws Exception {
        Job<?, ?> job = kind.job(jenkins.jenkins, Map.of());
        Deploying.run(jenkins, job, Result.SUCCESS);
        server.acceptToken("changed");
        SystemCredentialsProvider.getInstance().getCredentials().remove(main);
        Setup.systemCredential(Setup.secretText(server.url(), "changed"));
        server.clearRequests();
        Deploying.run(jenkins, job, Result.SUCCESS);
        assertThat(server.requests())
                .isNotEmpty()
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isEqualTo("Bearer changed"));
    }

    @ParameterizedTest
    @EnumSource
    void aCredentialOfAnotherKindIsRefused(Deploying kind) throws Exception {
        Setup.systemCredential(new FileCredentialsImpl(
                CredentialsScope.GLOBAL, "file", "", "f", SecretBytes.fromRawBytes(new byte[] {1})));
        Run<?, ?> run =
                Deploying.run(jenkins, kind.job(jenkins.jenkins, Map.of("credentialsId", "file")), Result.FAILURE);
        jenkins.assertLogContains("The credential 'file' is of a kind that cannot be used", run);
        assertThat(server.requests()).isEmpty();
    }

    /** Who may build a job but not use its credentials must not choose among them by a parameter. */
    @ParameterizedTest
    @CsvSource({
        "builder, ${WHICH}, FAILURE",
        "builder, $WHICH, FAILURE",
        "builder, ${WHICH}n, FAILURE",
        "user, ${WHICH}, SUCCESS",
        "user, $WHICH, SUCCESS"
    })
    void aCredentialsParameterAsksWhatItsUserMayUse(String user, String field, String outcome) throws Exception {
        Folder folder = jenkins.createProject(Folder.class);
        Setup.folderCredential(folder, Setup.secretText("own", server.token()));
        FreeStyleProject job = (FreeStyleProject) Deploying.FREESTYLE.job(folder, Map.of("credentialsId", field));
        job.addProperty(new ParametersDefinitionProperty(
                new CredentialsParameterDefinition("WHICH", "", "", StandardCredentials.class.getName(), true)));
        String chosen = field.endsWith("n") ? "ow" : "own";
        FreeStyleBuild run = job.scheduleBuild2(
                        0,
                        new CauseAction(
                                new Cause.UserIdCause(User.getById(user, true).getId())),
                        new ParametersAction(new CredentialsParameterValue("WHICH", chosen, "")))
                .get();
        jenkins.assertBuildStatus(Result.fromString(outcome), run);
        assertThat(server.requests().isEmpty()).isEqualTo(outcome.equals("FAILURE"));
    }
}
