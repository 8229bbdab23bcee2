package io.jenkins.plugins.metakraftwerk.security;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnamePortSpecification;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.metakraftwerk.form.StepForm;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import io.jenkins.plugins.metakraftwerk.server.Setup;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What somebody who may call the lists of one job can find out or use of the credentials of others: nothing. */
@WithJenkins
class CredentialsInFormsTest {

    private static JenkinsRule jenkins;
    private static StandInServer server;
    private static StandInServer second;
    private static FreeStyleProject job;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        server = StandInServer.start();
        second = StandInServer.start();
        Folder folder = jenkins.createProject(Folder.class, "folder");
        Folder foreign = jenkins.createProject(Folder.class, "foreign");
        job = folder.createProject(FreeStyleProject.class, "job");
        foreign.createProject(FreeStyleProject.class, "job");
        Setup.systemCredential(Setup.secretText(CredentialsScope.SYSTEM, "system", server.token()));
        Setup.systemCredential(Setup.secretText(CredentialsScope.GLOBAL, "global", server.token()));
        Setup.folderCredential(folder, Setup.secretText(CredentialsScope.GLOBAL, "in-folder", server.token()));
        Setup.folderCredential(foreign, Setup.secretText(CredentialsScope.GLOBAL, "in-foreign", server.token()));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("user", "looker", "alice", "carol")
                .grant(Item.READ, CredentialsProvider.USE_ITEM)
                .onItems(folder, job)
                .to("user", "carol")
                .grant(Item.READ, Item.EXTENDED_READ, CredentialsProvider.VIEW)
                .everywhere()
                .to("looker")
                .grant(Item.READ, CredentialsProvider.USE_OWN, CredentialsProvider.CREATE)
                .everywhere()
                .to("alice"));
        User alice = User.getById("alice", true);
        try (ACLContext as = ACL.as2(alice.impersonate2())) {
            Setup.credential(alice, Setup.secretText(CredentialsScope.USER, "alices", server.token()));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
        second.close();
    }

    @BeforeEach
    void twoServers() {
        Setup.servers(Setup.server("main", server.url(), "system"), Setup.server("second", second.url(), "global"));
        server.clearRequests();
        second.clearRequests();
    }

    @AfterEach
    void everybodyIsSystemAgain() {
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
    }

    private static void runAs(String user) {
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate(
                                job.getFullName(), User.getById(user, true).impersonate2()));
    }

    private static WebCall list(String user, String field, String name, String credentialsId) {
        return list(user, field, name, credentialsId, PATTERN);
    }

    private static WebCall list(String user, String field, String name, String credentialsId, String pattern) {
        return WebCall.of(jenkins, job.getUrl(), StepForm.InJob.class, "fill" + field + "Items")
                .as(user)
                .with("server", name)
                .with("credentialsId", credentialsId)
                .with("pattern", pattern);
    }

    @Test
    void whoMayNotUseTheItemsCredentialsGetsNoListWhateverTheQuerySays() throws Exception {
        for (String name : List.of("", "main", "second", "nowhere")) {
            for (String id : List.of("", "system", "global", "in-folder", "in-foreign", "alices", "nothing")) {
                for (String field : List.of("Pattern", "Deployment", "AgentGroup")) {
                    for (String pattern : List.of(PATTERN, "", "${P}")) {
                        assertThat(list("looker", field, name, id, pattern).failure())
                                .contains("(Credentials/UseItem)");
                    }
                }
            }
        }
        assertThat(server.requests()).isEmpty();
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void whoMayUseThemDoesSo() throws Exception {
        for (String id : List.of("", "global", "in-folder")) {
            assertThat(list("user", "Pattern", "main", id).entries()).containsKey(PATTERN);
        }
        assertThat(server.requests()).isNotEmpty();
    }

    @Test
    void anIdThatExistsElsewhereLooksLikeOneThatDoesNotExist() throws Exception {
        for (String id : List.of("system", "in-foreign", "alices", "nothing")) {
            assertThat(list("user", "Pattern", "main", id).failure().replace(id, "ID"))
                    .as(id)
                    .isEqualTo("<div class=error>There is no usable credential with the id &#039;ID&#039; in the stores"
                            + " that &#039;folder » job&#039; may use. It may have been moved or deleted, or be of"
                            + " another kind than Secret text or Username with password.</div>");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aListIsAskedForWithACredentialOfTheServersDomainOnly() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getDomainCredentialsMap()
                .put(
                        new Domain(
                                "second only",
                                "",
                                List.of(new HostnamePortSpecification("localhost:" + second.port(), null))),
                        List.of(Setup.secretText(CredentialsScope.GLOBAL, "limited", server.token())));
        assertThat(list("user", "Pattern", "second", "limited").entries()).containsKey(PATTERN);
        assertThat(list("user", "Pattern", "main", "limited").failure()).contains("no usable credential");
        Setup.servers(Setup.server("main", server.url(), "limited"));
        assertThat(list("user", "Pattern", "main", "").failure()).contains("no usable credential");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void theFormOfAnotherFolderCannotBeUsedAsADetour() throws Exception {
        assertThat(WebCall.of(jenkins, "job/foreign/job/job/", StepForm.InJob.class, "fillPatternItems")
                        .as("user")
                        .with("credentialsId", "in-foreign")
                        .send()
                        .getStatusCode())
                .isEqualTo(404);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void theIdsOnOfferAreThoseOfThePlace() throws Exception {
        assertThat(credentials("user").keySet()).containsExactlyInAnyOrder("", "global", "in-folder");
    }

    @Test
    void aJobThatRunsAsSomebodyOffersAndUsesWhatItsRunsMayUse() throws Exception {
        runAs("alice");
        assertThat(credentials("user").keySet()).containsExactlyInAnyOrder("", "alices");
        assertThat(list("user", "Pattern", "main", "in-folder").failure()).contains("no usable credential");
        everybodyIsSystemAgain();
        runAs("carol");
        assertThat(credentials("user").keySet()).containsExactlyInAnyOrder("", "global", "in-folder");
        assertThat(list("user", "Pattern", "main", "in-folder").entries()).containsKey(PATTERN);
    }

    private static Map<String, String> credentials(String user) throws IOException {
        return WebCall.of(jenkins, job.getUrl(), StepForm.InJob.class, "fillCredentialsIdItems")
                .as(user)
                .with("server", "main")
                .with("credentialsId", "")
                .entries();
    }
}
