package io.jenkins.plugins.metakraftwerk.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.server.Setup;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The credential fields of the global page and of the jobs: which ids are offered where, and to whom. */
@WithJenkins
class CredentialChoiceTest {

    private static final String URL = "https://app.metakraftwerk.com";

    private static JenkinsRule jenkins;
    private static FreeStyleProject job;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Setup.servers(Setup.server("production", URL, "system-token"));
        Setup.systemCredential(Setup.secretText(CredentialsScope.SYSTEM, "system-token", "t"));
        Setup.systemCredential(Setup.secretText(CredentialsScope.GLOBAL, "global-token", "t"));
        Setup.systemCredential(Setup.logIn(CredentialsScope.GLOBAL, "global-log-in", "p"));
        Setup.systemCredential(new FileCredentialsImpl(
                CredentialsScope.GLOBAL, "file", "", "f", SecretBytes.fromBytes(new byte[] {1})));
        SystemCredentialsProvider.getInstance()
                .getDomainCredentialsMap()
                .put(
                        new Domain("elsewhere", "", List.of(new HostnameSpecification("*.example", null))),
                        List.of(Setup.secretText(CredentialsScope.GLOBAL, "for-another-host", "t")));
        Folder folder = jenkins.createProject(Folder.class, "folder");
        Setup.folderCredential(folder, Setup.secretText(CredentialsScope.GLOBAL, "folder-token", "t"));
        job = folder.createProject(FreeStyleProject.class, "job");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.MANAGE, Item.READ)
                .everywhere()
                .to("reader", "looker", "user", "configurer")
                .grant(Item.EXTENDED_READ)
                .everywhere()
                .to("looker")
                .grant(CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("user")
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("configurer"));
    }

    private static Map<String, String> globally(String user, String current) throws IOException {
        return WebCall.of(jenkins, "", MetaKraftwerkServer.class, "fillCredentialsIdItems")
                .as(user)
                .with("url", URL)
                .with("credentialsId", current)
                .entries();
    }

    private static Map<String, String> inJob(String user, Class<?> form, String server, String current)
            throws IOException {
        return WebCall.of(jenkins, job.getUrl(), form, "fillCredentialsIdItems")
                .as(user)
                .with("server", server)
                .with("credentialsId", current)
                .entries();
    }

    @Test
    void theGlobalPageOffersBothKindsAndScopeSystem() throws Exception {
        Map<String, String> offered = globally("admin", "");
        assertThat(offered.keySet())
                .startsWith("")
                .containsExactlyInAnyOrder("", "system-token", "global-token", "global-log-in");
        assertThat(offered.get("global-token")).isEqualTo("Token global-token");
        assertThat(offered.get("global-log-in")).contains("Log-in global-log-in");
    }

    @Test
    void aCredentialOfTheRightDomainIsOffered() throws Exception {
        assertThat(WebCall.of(jenkins, "", MetaKraftwerkServer.class, "fillCredentialsIdItems")
                        .as("admin")
                        .with("url", "https://meta.example")
                        .with("credentialsId", "")
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
                assertThat(inJob(user, form, "production", "").keySet())
                        .as(form + " " + user)
                        .startsWith("")
                        .containsExactlyInAnyOrder("", "folder-token", "global-token", "global-log-in");
            }
        }
    }

    @Test
    void aReaderOfTheJobSeesNoMoreThanTheCurrentValue() throws Exception {
        assertThat(inJob("reader", StepForm.InJob.class, "production", "mine")).containsOnlyKeys("mine");
        assertThat(inJob("reader", StepForm.InScript.class, "production", "mine"))
                .containsOnlyKeys("mine");
    }

    @Test
    void outsideOfJobsOnlyAdministratorsChoose() throws Exception {
        WebCall snippet = WebCall.of(jenkins, "", StepForm.InScript.class, "fillCredentialsIdItems")
                .with("server", "")
                .with("credentialsId", "mine");
        assertThat(snippet.as("configurer").entries()).containsOnlyKeys("mine");
        assertThat(snippet.as("admin").entries()).containsKeys("", "global-token", "mine");
    }
}
