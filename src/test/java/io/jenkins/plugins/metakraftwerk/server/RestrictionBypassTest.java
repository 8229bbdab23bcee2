package io.jenkins.plugins.metakraftwerk.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.Pages;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import java.io.IOException;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The form of a server warns where another one leads round what it restricts. */
class RestrictionBypassTest {

    private static final String PRODUCTION = "https://production.example";
    private static final String TEST = "https://test.example";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    @BeforeEach
    void oneIsRestricted() {
        Setup.servers(
                Setup.restricted("production", PRODUCTION, "mk-prod", "team-a"), Setup.server("test", TEST, "mk-test"));
    }

    private static String check(
            String field, String value, String other, String otherValue, String usage, String stored)
            throws IOException {
        return WebCall.create(SHARED.jenkins(), "", MetaKraftwerkServer.class, "check" + field)
                .with("value", value)
                .with(other, otherValue)
                .with("usage", usage)
                .with("name", "typed")
                .with("storedName", stored)
                .text();
    }

    private static String url(String url, String credentialsId, String usage, String stored) throws IOException {
        return check("Url", url, "credentialsId", credentialsId, usage, stored);
    }

    private static String credential(String url, String credentialsId, String usage, String stored) throws IOException {
        return check("CredentialsId", credentialsId, "url", url, usage, stored);
    }

    @Test
    void anOpenServerOfTheSameUrlOrCredential() throws Exception {
        assertThat(url(PRODUCTION + "/", "other", "all", ""))
                .contains("has the same URL", "lends its credential to some jobs only", "production");
        assertThat(credential("https://other.example", "mk-prod", "all", ""))
                .contains("has the same credential", "lends it to some jobs only", "production");
    }

    @Test
    void aRestrictedServerOfTheSameUrlOrCredential() throws Exception {
        assertThat(url(TEST, "other", "listed", "")).contains("has the same URL", "every job", "test");
        assertThat(credential("https://other.example", "mk-test", "listed", ""))
                .contains("has the same credential", "every job", "test");
    }

    @Test
    void nothingIsSaidWhereNobodyIsKeptOutOfOneOnly() throws Exception {
        assertThat(url(PRODUCTION, "other", "listed", "")).as("two teams").doesNotContain("warning");
        assertThat(url(TEST, "other", "all", "")).as("both open").doesNotContain("warning");
        assertThat(url(PRODUCTION, "", "all", "")).as("it lends nothing").doesNotContain("warning");
        assertThat(url("https://other.example", "other", "all", "")).doesNotContain("warning");
        assertThat(credential(TEST, "", "listed", "")).doesNotContain("same credential");
    }

    @Test
    void aServerThatIsBeingRenamedIsNoOther() throws Exception {
        assertThat(url(PRODUCTION, "mk-prod", "all", "production")).doesNotContain("warning");
        assertThat(credential(PRODUCTION, "mk-prod", "all", "production")).doesNotContain("same credential");
    }

    @Test
    void thePageShowsIt() throws Exception {
        Setup.servers(
                Setup.restricted("production", PRODUCTION, "mk-prod", "team-a"),
                Setup.server("round", PRODUCTION, "mk-test"));
        try (var client = SHARED.jenkins().createWebClient()) {
            HtmlPage page = client.goTo("configure");
            Pages.until(
                    client,
                    "both servers to warn of each other",
                    () -> page.asNormalizedText().contains("The server 'round' has the same URL")
                            && page.asNormalizedText().contains("The server 'production' has the same URL"));
        }
    }
}
