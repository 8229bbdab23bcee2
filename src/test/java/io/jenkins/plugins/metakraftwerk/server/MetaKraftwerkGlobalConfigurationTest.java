package io.jenkins.plugins.metakraftwerk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.AbortException;
import io.jenkins.plugins.metakraftwerk.fixture.Pages;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import java.io.File;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlFormUtil;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** The section 'MetaKraftwerk' of the system configuration page, and what is stored of it. */
class MetaKraftwerkGlobalConfigurationTest {

    private static final String PRODUCTION = "https://app.metakraftwerk.com";
    private static final String TEST = "https://test.example:8443/meta";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private MetaKraftwerkGlobalConfiguration configuration;

    @BeforeAll
    static void addCredentials() throws Exception {
        Setup.systemCredential(Setup.secretText(CredentialsScope.SYSTEM, "mk-prod", "t"));
        Setup.systemCredential(Setup.logIn("mk-test", "p"));
    }

    @BeforeEach
    void twoServers() {
        configuration = MetaKraftwerkGlobalConfiguration.get();
        Setup.servers(Setup.server("production", PRODUCTION, "mk-prod"), Setup.server("test", TEST, "mk-test"));
        configuration.setRetrySeconds(77);
    }

    private static HtmlPage page(JenkinsRule.WebClient client) throws Exception {
        HtmlPage page = client.goTo("configure");
        Pages.filled(client, page);
        return page;
    }

    private static void submit(HtmlPage page) throws Exception {
        HtmlFormUtil.submit(page.getFormByName("config"));
    }

    private static HtmlInput field(HtmlPage page, int server, String field) {
        List<HtmlInput> inputs = page.getByXPath("//div[@name='servers']//input[@name='_." + field + "']");
        return inputs.get(server);
    }

    private static int servers(HtmlPage page) {
        return page.getByXPath("//div[@name='servers']//input[@name='_.name']").size();
    }

    private static String file() throws Exception {
        File file = new File(
                SHARED.jenkins().jenkins.getRootDir(), MetaKraftwerkGlobalConfiguration.class.getName() + ".xml");
        return Files.readString(file.toPath());
    }

    private String described() {
        StringBuilder text = new StringBuilder();
        for (MetaKraftwerkServer server : configuration.getServers()) {
            text.append(server.label())
                    .append(' ')
                    .append(server.getCredentialsId())
                    .append(server.isUsageRestricted() ? " for " + server.getAllowedItems() : "")
                    .append(server.getFrozen() == null ? "" : " frozen: " + server.getFrozen())
                    .append('\n');
        }
        return text.append(configuration.getRetrySeconds()).toString();
    }

    @Test
    void everyFieldSurvivesTheForm() throws Exception {
        MetaKraftwerkServer restricted = Setup.restricted("test", TEST, "mk-test", "team-a", "team-b/app/main");
        restricted.setFrozen("Quarter end");
        Setup.servers(Setup.server("production", PRODUCTION, "mk-prod"), restricted);
        configuration.setDefaultServer("test");
        String before = described();
        try (var client = SHARED.jenkins().createWebClient()) {
            submit(page(client));
        }
        assertThat(described())
                .isEqualTo(before)
                .isEqualTo("production (" + PRODUCTION + ") mk-prod\ntest (" + TEST
                        + ") mk-test for [team-a, team-b/app/main] frozen: Quarter end\n77");
        assertThat(configuration.getDefaultServer()).isEqualTo("test");
    }

    @Test
    void aServerIsAddedByHand() throws Exception {
        Setup.servers();
        try (var client = SHARED.jenkins().createWebClient()) {
            HtmlPage page = page(client);
            HtmlForm form = page.getFormByName("config");
            HtmlFormUtil.getButtonByCaption(form, "Add server").click();
            Pages.until(client, "a server to fill in", () -> servers(page) == 1);
            Pages.filled(client, page);
            assertThat(field(page, 0, "url").getValue()).isEqualTo(PRODUCTION);
            field(page, 0, "name").setValue(" new ");
            submit(page);
        }
        assertThat(described()).isEqualTo("new (" + PRODUCTION + ") null for []\n77");
        assertThat(configuration.getServers().get(0).isUsageRestricted())
                .as("as long as nobody has chosen")
                .isTrue();
        assertThat(configuration.getServers().get(0).getAllowedItems()).isEmpty();
    }

    /** Its jobs name no server, and must not fail or deploy to another one; also where no script has chosen it. */
    @Test
    void theOneThatWasAloneStaysTheDefaultWhenASecondIsAdded() throws Exception {
        configuration.setServers(List.of(Setup.server("test", TEST, "mk-test")));
        configuration.setDefaultServer(null);
        try (var client = SHARED.jenkins().createWebClient()) {
            HtmlPage page = page(client);
            HtmlFormUtil.getButtonByCaption(page.getFormByName("config"), "Add server")
                    .click();
            Pages.until(client, "a second server to fill in", () -> servers(page) == 2);
            Pages.filled(client, page);
            field(page, 1, "name").setValue("another");
            page.<HtmlSelect>getFirstByXPath("//select[@name='_.defaultServer']")
                    .setSelectedAttribute("", true);
            submit(page);
        }
        assertThat(configuration.getServers()).hasSize(2);
        assertThat(configuration.getDefaultServer()).isEqualTo("test");
    }

    @Test
    void aServerIsDeletedByHand() throws Exception {
        try (var client = SHARED.jenkins().createWebClient()) {
            HtmlPage page = page(client);
            DomElement delete = page.getFirstByXPath("//div[@name='servers']//button[contains(@class, 'delete')]");
            delete.click();
            Pages.until(client, "one server less", () -> servers(page) == 1);
            submit(page);
        }
        assertThat(configuration.getServers())
                .extracting(MetaKraftwerkServer::getName)
                .containsExactly("test");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url  | file:///etc/passwd | must start with https://",
                "url  | http://169.254.169.254/latest | Link-local addresses are not allowed",
                "url  | https://user:secret@host.example | Leave user name, password",
                "url  | https://host.example/api/v1 | Leave /api/v1 out",
                "url  | not a url | This is not a URL",
            })
    void aBadFormIsRefusedAndChangesNothing(String field, String value, String complaint) throws Exception {
        String before = described();
        String stored = file();
        try (var client = SHARED.jenkins().createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            HtmlPage page = page(client);
            field(page, 0, "name").setValue("changed as well");
            field(page, 1, field).setValue(value);
            page.<HtmlInput>getFirstByXPath("//input[@name='_.retrySeconds']").setValue("5");
            HtmlPage answer = (HtmlPage) HtmlFormUtil.submit(page.getFormByName("config"));
            assertThat(answer.getWebResponse().getStatusCode()).isEqualTo(400);
            assertThat(answer.asNormalizedText()).contains(complaint);
        }
        assertThat(described()).isEqualTo(before);
        assertThat(file()).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "86401", "1.5", ""})
    void anUnusableTimeToKeepTryingIsRefused(String typed) throws Exception {
        try (var client = SHARED.jenkins().createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            HtmlPage page = page(client);
            field(page, 0, "name").setValue("changed as well");
            page.<HtmlInput>getFirstByXPath("//input[@name='_.retrySeconds']").setValue(typed);
            HtmlPage answer = (HtmlPage) HtmlFormUtil.submit(page.getFormByName("config"));
            assertThat(answer.asNormalizedText()).contains("Enter a whole number from 0 to 86,400");
        }
        assertThat(described()).startsWith("production").endsWith("77");
    }

    @ParameterizedTest
    @CsvSource({
        "historyPerTarget, 0, 10001, 'a whole number from 1 to 10,000'",
        "historyTargets, 0, 10001, 'a whole number from 1 to 10,000'",
        "auditFiles, 1, 101, 'how many files to keep: a whole number from 2 to 100'",
        "auditMegabytes, 0, 1001, 'in MiB: a whole number from 1 to 1,000'"
    })
    void howMuchIsKeptIsANumber(String field, String few, String many, String advice) throws Exception {
        for (String typed : List.of("many", few, many, "")) {
            try (var client = SHARED.jenkins().createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
                HtmlPage page = page(client);
                field(page, 0, "name").setValue("changed as well");
                page.<HtmlInput>getFirstByXPath("//input[@name='_." + field + "']")
                        .setValue(typed);
                HtmlPage answer = (HtmlPage) HtmlFormUtil.submit(page.getFormByName("config"));
                assertThat(answer.asNormalizedText()).contains(advice);
            }
            assertThat(described()).startsWith("production").endsWith("77");
        }
    }

    @Test
    void codeIsRefusedWhatTheFormRefuses() {
        String before = described();
        for (List<MetaKraftwerkServer> bad : List.of(
                List.of(Setup.server("a", PRODUCTION, null), Setup.server("a", TEST, null)),
                List.of(Setup.server(" ", PRODUCTION, null)),
                List.of(Setup.server("a", "ftp://host.example", null)))) {
            assertThatThrownBy(() -> configuration.setServers(bad)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(described()).isEqualTo(before);
    }

    @Test
    void theDefaultIsSaidAndNotFirst() throws Exception {
        configuration.setDefaultServer("test");
        assertThat(configuration.chosen(null).getName()).isEqualTo("test");
        configuration.setDefaultServer(null);
        assertThatThrownBy(() -> configuration.chosen(null))
                .hasMessage("Several MetaKraftwerk servers are configured, and none of them is the default. Name one of"
                        + " them: production, test.");
        configuration.setDefaultServer("gone");
        assertThatThrownBy(() -> configuration.chosen(""))
                .hasMessageStartingWith("The default MetaKraftwerk server 'gone' is not configured.");
        configuration.setServers(List.of(Setup.server("test", TEST, null)));
        assertThat(configuration.chosen(null).getName()).as("the only one").isEqualTo("test");
    }

    @ParameterizedTest
    @CsvSource({"'', a, a b, a", "'', a, b c, ", "b, a, a b, b", "'', a, a, ", "gone, , a, ", "gone, , a b, gone"})
    void whoWasAloneStaysTheDefault(String chosen, String alone, String now, String expected) {
        List<MetaKraftwerkServer> servers = Arrays.stream(now.split(" "))
                .map(name -> Setup.server(name, TEST, null))
                .toList();
        assertThat(ServerForm.defaultServer(chosen, alone, servers)).isEqualTo(expected);
    }

    @Test
    void namesAreFound() throws Exception {
        for (String unnamed : Arrays.asList(null, "", "  ")) {
            assertThat(MetaKraftwerkGlobalConfiguration.get().chosen(unnamed).getName())
                    .isEqualTo("production");
        }
        assertThat(MetaKraftwerkGlobalConfiguration.get().chosen(" test ").getUrl())
                .isEqualTo(TEST);
        assertThatThrownBy(() -> MetaKraftwerkGlobalConfiguration.get().chosen("tset"))
                .isInstanceOf(AbortException.class)
                .hasMessage("There is no MetaKraftwerk server called 'tset'. Configured are: production, test.");
    }

    @Test
    void withoutAnyServerTheReasonSaysWhereToAddOne() {
        Setup.servers();
        assertThatThrownBy(() -> MetaKraftwerkGlobalConfiguration.get().chosen(null))
                .isInstanceOf(AbortException.class)
                .hasMessageStartingWith("No MetaKraftwerk server is configured.");
    }

    @Test
    void theConfigurationIsThereAgainAfterAReload() {
        MetaKraftwerkGlobalConfiguration again = new MetaKraftwerkGlobalConfiguration();
        again.load();
        assertThat(again.getServers())
                .extracting(MetaKraftwerkServer::label)
                .containsExactly("production (" + PRODUCTION + ")", "test (" + TEST + ")");
        assertThat(again.getRetrySeconds()).isEqualTo(77);
        assertThat(again.retryLimit()).hasSeconds(77);
    }

    @Test
    void theTimeToKeepTryingStaysInItsLimits() {
        configuration.setRetrySeconds(-1);
        assertThat(configuration.getRetrySeconds()).isZero();
        configuration.setRetrySeconds(Integer.MAX_VALUE);
        assertThat(configuration.getRetrySeconds()).isEqualTo(86_400);
    }

    @Test
    void howMuchTheAuditLogKeepsStaysInItsLimits() {
        configuration.setAuditFiles(0);
        configuration.setAuditMegabytes(0);
        assertThat(configuration.getAuditFiles()).isEqualTo(2);
        assertThat(configuration.getAuditMegabytes()).isEqualTo(1);
        configuration.setAuditFiles(Integer.MAX_VALUE);
        configuration.setAuditMegabytes(Integer.MAX_VALUE);
        assertThat(configuration.getAuditFiles()).isEqualTo(100);
        assertThat(configuration.getAuditMegabytes()).isEqualTo(1_000);
    }

    /** Somebody who edits the file by hand gets an answer and not an exception of the URL parser. */
    @Test
    void anAddressThatWasSpoiledInTheFileIsNamed() {
        assertThatThrownBy(() -> new MetaKraftwerkServer("spoiled", "gopher://host").address())
                .isInstanceOf(AbortException.class)
                .hasMessageStartingWith("The URL of MetaKraftwerk server 'spoiled' cannot be used: ");
    }
}
