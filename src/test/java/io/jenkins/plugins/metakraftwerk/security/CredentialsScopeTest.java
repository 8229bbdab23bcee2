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
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.metakraftwerk.server.Setup;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A job uses what its own place and its own user may use. */
@WithJenkins
class CredentialsScopeTest {

    private static JenkinsRule jenkins;
    private static StandInServer server;
    private static StandInServer other;
    private static Folder folder;
    private static Folder foreign;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        server = StandInServer.start();
        other = StandInServer.start();
        folder = jenkins.createProject(Folder.class, "folder");
        foreign = jenkins.createProject(Folder.class, "foreign");
        for (StandInServer any : List.of(server, other)) {
            List.of("system", "global", "in-folder", "in-foreign", "alices")
                    .forEach(id -> any.acceptToken(id + "-token"));
        }
        Setup.systemCredential(Setup.secretText(CredentialsScope.SYSTEM, "system", "system-token"));
        Setup.systemCredential(Setup.secretText(CredentialsScope.GLOBAL, "global", "global-token"));
        Setup.folderCredential(folder, Setup.secretText(CredentialsScope.GLOBAL, "in-folder", "in-folder-token"));
        Setup.folderCredential(foreign, Setup.secretText(CredentialsScope.GLOBAL, "in-foreign", "in-foreign-token"));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Computer.BUILD)
                .everywhere()
                .to("alice", "bob", "carol")
                .grant(CredentialsProvider.USE_OWN, CredentialsProvider.CREATE, CredentialsProvider.VIEW)
                .everywhere()
                .to("alice")
                .grant(CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("carol"));
        User alice = User.getById("alice", true);
        try (ACLContext as = ACL.as2(alice.impersonate2())) {
            Setup.credential(alice, Setup.secretText(CredentialsScope.USER, "alices", "alices-token"));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
        other.close();
    }

    @BeforeEach
    void twoServers() {
        Setup.servers(Setup.server("main", server.url(), "system"), Setup.server("bare", other.url(), null));
        server.clearRequests();
        other.clearRequests();
    }

    @AfterEach
    void everybodyIsSystemAgain() {
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
    }

    private static void runAs(Item job, String user) {
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate(
                                job.getFullName(), User.getById(user, true).impersonate2()));
    }

    private static void usesToken(String token) {
        assertThat(server.requests())
                .isNotEmpty()
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isEqualTo("Bearer " + token));
        assertThat(other.requests()).isEmpty();
    }

    private static void isRefused(Run<?, ?> run, String id) throws Exception {
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
        runAs(job, "bob");
        isRefused(Deploying.run(jenkins, job, Result.FAILURE), "alices");
        everybodyIsSystemAgain();
        runAs(job, "alice");
        Deploying.run(jenkins, job, Result.SUCCESS);
        usesToken("alices-token");
    }

    @ParameterizedTest
    @EnumSource
    void aJobThatRunsAsSomebodyUsesWhatThatUserMayUse(Deploying kind) throws Exception {
        Job<?, ?> job = kind.job(folder, Map.of("credentialsId", "in-folder"));
        runAs(job, "bob");
        isRefused(Deploying.run(jenkins, job, Result.FAILURE), "in-folder");
        everybodyIsSystemAgain();
        runAs(job, "carol");
        Deploying.run(jenkins, job, Result.SUCCESS);
        usesToken("in-folder-token");
    }
}
