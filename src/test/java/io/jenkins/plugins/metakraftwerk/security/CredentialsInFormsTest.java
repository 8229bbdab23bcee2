package io.jenkins.plugins.metakraftwerk.security;

import static io.jenkins.plugins.metakraftwerk.fixture.Setup.ACCOUNT_ID;
import static io.jenkins.plugins.metakraftwerk.fixture.Setup.TOKEN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.form.StepForm;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import io.jenkins.plugins.metakraftwerk.server.ServerChoice;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** What somebody who may call the lists of one job can find out or use of the credentials of others: nothing. */
class CredentialsInFormsTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static FreeStyleProject job;

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @AutoClose
    private final StandInServer second = StandInServer.start();

    @BeforeAll
    static void addCredentialsAndUsers() throws Exception {
        JenkinsRule jenkins = SHARED.jenkins();
        String token = SHARED.server().token();
        Folder folder = jenkins.createProject(Folder.class, "folder");
        Folder foreign = jenkins.createProject(Folder.class, "foreign");
        job = folder.createProject(FreeStyleProject.class, "job");
        foreign.createProject(FreeStyleProject.class, "job");
        Setup.systemCredential(Setup.secretText(CredentialsScope.SYSTEM, "system", token));
        Setup.folderCredential(folder, Setup.secretText("in-folder", token));
        Setup.folderCredential(foreign, Setup.secretText("in-foreign", token));
        Setup.secure(jenkins)
                .let("user looker alice carol", Jenkins.READ)
                .let("looker", Item.READ, Item.EXTENDED_READ, CredentialsProvider.VIEW)
                .let("alice", Item.READ, CredentialsProvider.USE_OWN, CredentialsProvider.CREATE)
                .grant(Item.READ, CredentialsProvider.USE_ITEM)
                .onItems(folder, job)
                .to("user", "carol");
        Setup.personalCredential("alice", "alices", token);
    }

    @BeforeEach
    void twoServers() {
        Setup.servers(Setup.server("main", server.url(), "system"), Setup.server("second", second.url(), TOKEN_ID));
    }

    @AfterEach
    void everybodyIsSystemAgain() {
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
    }

    private WebCall list(String user, String field, String name, String credentialsId) {
        return list(user, field, name, credentialsId, PATTERN);
    }

    private WebCall list(String user, String field, String name, String credentialsId, String pattern) {
        return WebCall.create(jenkins, job.getUrl(), StepForm.InJob.class, "fill" + field + "Items")
                .as(user)
                .with("server", name)
                .with("credentialsId", credentialsId)
                .with("pattern", pattern);
    }

    @Test
    void whoMayNotChooseAServerIsNotToldTheDefault() {
        assertThat(defaultName("looker", null))
                .as("in the Snippet Generator outside of a job")
                .isEmpty();
        assertThat(defaultName("looker", job)).isEqualTo("main");
        assertThat(defaultName("user", job)).isEqualTo("main");
        assertThat(defaultName("alice", job)).as("who may read the job only").isEmpty();
        assertThat(ServerChoice.defaultName(null)).as("an administrator").isEqualTo("main");
        try (ACLContext as = ACL.as2(User.getById("looker", true).impersonate2())) {
            assertThat(ExtensionList.lookupSingleton(StepForm.InScript.class).getDefaultServer())
                    .isEmpty();
        }
    }

    private static String defaultName(String user, Item item) {
        try (ACLContext as = ACL.as2(User.getById(user, true).impersonate2())) {
            return ServerChoice.defaultName(item);
        }
    }

    @Test
    void whoMayNotUseTheItemsCredentialsGetsNoListWhateverTheQuerySays() throws Exception {
        for (String name : List.of("", "main", "second", "nowhere")) {
            for (String id : List.of("", "system", TOKEN_ID, "in-folder", "in-foreign", "alices", "nothing")) {
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
        for (String id : List.of("", TOKEN_ID, "in-folder")) {
            assertThat(list("user", "Pattern", "main", id).entries()).containsKey(PATTERN);
        }
        assertThat(server.requests()).isNotEmpty();
    }

    @Test
    void anIdThatExistsElsewhereLooksLikeOneThatDoesNotExist() throws Exception {
        for (String id : List.of("system", "in-foreign", "alices", "nothing")) {
            assertThat(list("user", "Pattern", "main", id).failure().replace(id, "ID"))
                    .as(id)
                    .isEqualTo("There is no usable credential with the id 'ID' in the stores"
                            + " that 'folder » job' may use. It may have been moved or deleted. Or it is of"
                            + " another kind than Secret text or Username with password.");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aListIsAskedForWithACredentialOfTheServersDomainOnly() throws Exception {
        Setup.credentialFor("localhost:" + second.port(), Setup.secretText("limited", server.token()));
        assertThat(list("user", "Pattern", "second", "limited").entries()).containsKey(PATTERN);
        assertThat(list("user", "Pattern", "main", "limited").failure()).contains("no usable credential");
        Setup.servers(Setup.server("main", server.url(), "limited"));
        assertThat(list("user", "Pattern", "main", "").failure()).contains("no usable credential");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void theFormOfAnotherFolderCannotBeUsedAsADetour() throws Exception {
        assertThat(WebCall.create(jenkins, "job/foreign/job/job/", StepForm.InJob.class, "fillPatternItems")
                        .as("user")
                        .with("credentialsId", "in-foreign")
                        .send()
                        .getStatusCode())
                .isEqualTo(404);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void theIdsOnOfferAreThoseOfThePlace() throws Exception {
        assertThat(credentials("user").keySet()).containsExactlyInAnyOrder("", TOKEN_ID, ACCOUNT_ID, "in-folder");
    }

    @Test
    void aJobThatRunsAsSomebodyOffersAndUsesWhatItsRunsMayUse() throws Exception {
        Deploying.runAs(job, "alice");
        assertThat(credentials("user").keySet()).containsExactlyInAnyOrder("", "alices");
        assertThat(list("user", "Pattern", "main", "in-folder").failure()).contains("no usable credential");
        Deploying.runAs(job, "carol");
        assertThat(credentials("user").keySet()).containsExactlyInAnyOrder("", TOKEN_ID, ACCOUNT_ID, "in-folder");
        assertThat(list("user", "Pattern", "main", "in-folder").entries()).containsKey(PATTERN);
    }

    private Map<String, String> credentials(String user) throws IOException {
        return WebCall.create(jenkins, job.getUrl(), StepForm.InJob.class, "fillCredentialsIdItems")
                .as(user)
                .with("server", "main")
                .with("credentialsId", "")
                .entries();
    }
}
