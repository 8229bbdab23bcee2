package io.jenkins.plugins.metakraftwerk.form;

import static io.jenkins.plugins.metakraftwerk.fixture.Setup.ACCOUNT_ID;
import static io.jenkins.plugins.metakraftwerk.fixture.Setup.TOKEN_ID;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The credential fields of the global page and of the jobs: which ids are offered where, and to whom. */
class CredentialChoiceTest {

    private static final String URL = "https://app.metakraftwerk.com";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static FreeStyleProject job;

    @BeforeAll
    static void addCredentialsAndUsers() throws Exception {
        Setup.systemCredential(Setup.secretText(CredentialsScope.SYSTEM, "system-token", "t"));
        Setup.systemCredential(new FileCredentialsImpl(
                CredentialsScope.GLOBAL, "file", "", "f", SecretBytes.fromRawBytes(new byte[] {1})));
        Setup.credentialFor("*.example", Setup.secretText("for-another-host", "t"));
        Folder folder = SHARED.jenkins().createProject(Folder.class, "folder");
        Setup.folderCredential(folder, Setup.secretText("folder-token", "t"));
        job = folder.createProject(FreeStyleProject.class, "job");
        Setup.secure(SHARED.jenkins())
                .let("admin", Jenkins.ADMINISTER)
                .let("reader looker user configurer", Jenkins.READ, Jenkins.MANAGE, Item.READ)
                .let("looker", Item.EXTENDED_READ)
                .let("user", CredentialsProvider.USE_ITEM)
                .let("configurer", Item.CONFIGURE);
    }

    private static Map<String, String> globally(String user, String current) throws IOException {
        return WebCall.create(SHARED.jenkins(), "", MetaKraftwerkServer.class, "fillCredentialsIdItems")
                .as(user)
                .with("url", URL)
                .with("storedCredentialsId", current)
                .entries();
    }

    private static Map<String, String> inJob(String user, Class<?> form, String server, String current)
            throws IOException {
        return WebCall.create(SHARED.jenkins(), job.getUrl(), form, "fillCredentialsIdItems")
                .as(user)
                .with("server", server)
                .with("storedCredentialsId", current)
                .entries();
    }

    @Test
    void theGlobalPageOffersBothKindsAndScopeSystem() throws Exception {
        Map<String, String> offered = globally("admin", "");
        assertThat(offered.keySet()).startsWith("").containsExactlyInAnyOrder("", "system-token", TOKEN_ID, ACCOUNT_ID);
        assertThat(offered.get(TOKEN_ID)).isEqualTo("Token " + TOKEN_ID);
        assertThat(offered.get(ACCOUNT_ID)).contains("Log-in " + ACCOUNT_ID);
    }

    @Test
    void aCredentialOfTheRightDomainIsOffered() throws Exception {
        assertThat(WebCall.create(SHARED.jenkins(), "", MetaKraftwerkServer.class, "fillCredentialsIdItems")
                        .as("admin")
                        .with("url", "https://meta.example")
                        .with("storedCredentialsId", "")
                        .entries())
                .containsKey("for-another-host");
    }

    @Test
    void theCurrentValueStaysAlsoWhenItIsGone() throws Exception {
        assertThat(globally("admin", "gone")).containsEntry("gone", "- current -");
        assertThat(inJob("configurer", StepForm.InJob.class, "", "gone")).containsEntry("gone", "- current -");
    }

    @Test
    void whoeverIsNoAdministratorSeesNoMoreThanTheCurrentValueGlobally() throws Exception {
        for (String user : List.of("reader", "looker", "user", "configurer")) {
            assertThat(globally(user, "mine")).as(user).containsOnlyKeys("mine");
        }
    }

    @Test
    void aJobOffersWhatItMayUseAndNothingOfScopeSystem() throws Exception {
        for (Class<?> form : List.of(StepForm.InJob.class, StepForm.InScript.class)) {
            for (String user : List.of("admin", "looker", "user", "configurer")) {
                assertThat(inJob(user, form, Setup.SERVER, "").keySet())
                        .as(form + " " + user)
                        .startsWith("")
                        .containsExactlyInAnyOrder("", "folder-token", TOKEN_ID, ACCOUNT_ID);
            }
        }
    }

    @Test
    void aReaderOfTheJobSeesNoMoreThanTheCurrentValue() throws Exception {
        assertThat(inJob("reader", StepForm.InJob.class, Setup.SERVER, "mine")).containsOnlyKeys("mine");
        assertThat(inJob("reader", StepForm.InScript.class, Setup.SERVER, "mine"))
                .containsOnlyKeys("mine");
    }

    @Test
    void outsideOfJobsOnlyAdministratorsChoose() throws Exception {
        WebCall snippet = WebCall.create(SHARED.jenkins(), "", StepForm.InScript.class, "fillCredentialsIdItems")
                .with("server", "")
                .with("storedCredentialsId", "mine");
        assertThat(snippet.as("configurer").entries()).containsOnlyKeys("mine");
        assertThat(snippet.as("admin").entries()).containsKeys("", TOKEN_ID, "mine");
    }
}
