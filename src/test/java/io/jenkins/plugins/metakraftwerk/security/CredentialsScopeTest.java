package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/** A job uses what its own place and its own user may use. */
class CredentialsScopeTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static Folder folder;
    private static Folder foreign;

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @AutoClose
    private final StandInServer other = StandInServer.start();

    @BeforeAll
    static void addCredentialsAndUsers() throws Exception {
        JenkinsRule jenkins = SHARED.jenkins();
        folder = jenkins.createProject(Folder.class, "folder");
        foreign = jenkins.createProject(Folder.class, "foreign");
        Setup.systemCredential(Setup.secretText(CredentialsScope.SYSTEM, "system", "system-token"));
        Setup.systemCredential(Setup.secretText("global", "global-token"));
        Setup.folderCredential(folder, Setup.secretText("in-folder", "in-folder-token"));
        Setup.folderCredential(foreign, Setup.secretText("in-foreign", "in-foreign-token"));
        Setup.secure(jenkins)
                .let("alice bob carol", Jenkins.READ, Item.READ, Item.BUILD, Computer.BUILD)
                .let("alice", CredentialsProvider.USE_OWN, CredentialsProvider.CREATE, CredentialsProvider.VIEW)
                .let("carol", CredentialsProvider.USE_ITEM);
        Setup.personalCredential("alice", "alices", "alices-token");
    }

    @BeforeEach
    void twoServers() {
        Setup.servers(Setup.server("main", server.url(), "system"), Setup.server("bare", other.url(), null));
        for (String id : List.of("system", "global", "in-folder", "in-foreign", "alices")) {
            server.acceptToken(id + "-token");
            other.acceptToken(id + "-token");
        }
    }

    @AfterEach
    void everybodyIsSystemAgain() {
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
    }

    private void usesToken(String token) {
        assertThat(server.requests())
                .isNotEmpty()
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isEqualTo("Bearer " + token));
        assertThat(other.requests()).isEmpty();
    }

    private void isRefused(Run<?, ?> run, String id) throws Exception {
        jenkins.assertLogContains(
                "There is no usable credential with the id '" + id + "' in the stores that '"
                        + run.getParent().getFullDisplayName() + "' may use.",
                run);
        assertThat(server.requests()).isEmpty();
        assertThat(other.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theServersOwnCredentialMayBeOfScopeSystem(Deploying kind) throws Exception {
        Deploying.run(jenkins, kind.job(folder, Map.of()), Result.SUCCESS);
        usesToken("system-token");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOfScopeSystemCannotBeNamedByAJob(Deploying kind) throws Exception {
        Run<?, ?> run = Deploying.run(jenkins, kind.job(folder, Map.of("credentialsId", "system")), Result.FAILURE);
        jenkins.assertLogContains("The credential 'system' has the scope System: only the configuration", run);
        assertThat(server.requests()).isEmpty();
        assertThat(other.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aJobUsesGlobalCredentialsAndThoseOfItsFolder(Deploying kind) throws Exception {
        for (String id : List.of("global", "in-folder")) {
            server.clearRequests();
            Deploying.run(jenkins, kind.job(folder, Map.of("credentialsId", id)), Result.SUCCESS);
            usesToken(id + "-token");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aJobCannotUseCredentialsOfOtherFoldersNorTellWhetherTheyExist(Deploying kind) throws Exception {
        isRefused(
                Deploying.run(jenkins, kind.job(folder, Map.of("credentialsId", "in-foreign")), Result.FAILURE),
                "in-foreign");
        isRefused(
                Deploying.run(jenkins, kind.job(jenkins.jenkins, Map.of("credentialsId", "in-folder")), Result.FAILURE),
                "in-folder");
        isRefused(
                Deploying.run(jenkins, kind.job(folder, Map.of("credentialsId", "nowhere")), Result.FAILURE),
                "nowhere");
    }

    @ParameterizedTest
    @EnumSource
    void personalCredentialsAreForJobsThatRunAsTheirOwner(Deploying kind) throws Exception {
        Job<?, ?> job = kind.job(folder, Map.of("credentialsId", "alices"));
        isRefused(Deploying.run(jenkins, job, Result.FAILURE), "alices");
        Deploying.runAs(job, "bob");
        isRefused(Deploying.run(jenkins, job, Result.FAILURE), "alices");
        Deploying.runAs(job, "alice");
        Deploying.run(jenkins, job, Result.SUCCESS);
        usesToken("alices-token");
    }

    @ParameterizedTest
    @EnumSource
    void aJobThatRunsAsSomebodyUsesWhatThatUserMayUse(Deploying kind) throws Exception {
        Job<?, ?> job = kind.job(folder, Map.of("credentialsId", "in-folder"));
        Deploying.runAs(job, "bob");
        isRefused(Deploying.run(jenkins, job, Result.FAILURE), "in-folder");
        Deploying.runAs(job, "carol");
        Deploying.run(jenkins, job, Result.SUCCESS);
        usesToken("in-folder-token");
    }
}
