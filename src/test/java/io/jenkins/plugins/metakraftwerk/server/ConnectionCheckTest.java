package io.jenkins.plugins.metakraftwerk.server;

import static io.jenkins.plugins.metakraftwerk.fixture.Setup.ACCOUNT_ID;
import static io.jenkins.plugins.metakraftwerk.fixture.Setup.TOKEN_ID;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Item;
import io.jenkins.plugins.metakraftwerk.client.SilentPort;
import io.jenkins.plugins.metakraftwerk.fixture.Pages;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.form.FormLimits;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlFormUtil;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The button 'Test connection'. */
class ConnectionCheckTest {

    private static final String PATTERNS = "/api/v1/patterns";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final StandInServer server = SHARED.server();

    @BeforeAll
    static void secure() throws Exception {
        Setup.systemCredential(Setup.secretText(CredentialsScope.SYSTEM, "wrong-token", "nonsense"));
        Setup.systemCredential(Setup.logIn("wrong-log-in", "Sesame 1"));
        Setup.secure(SHARED.jenkins())
                .let("admin", Jenkins.ADMINISTER)
                .let("manager", Jenkins.MANAGE, Jenkins.SYSTEM_READ, Jenkins.READ, Item.CONFIGURE, Item.EXTENDED_READ);
    }

    private static WebCall call(String url, String credentialsId) {
        return WebCall.create(SHARED.jenkins(), "", MetaKraftwerkServer.class, "testConnection")
                .with("url", url)
                .with("credentialsId", credentialsId)
                .with("usage", "all");
    }

    private static String test(String url, String credentialsId) throws IOException {
        return call(url, credentialsId).as("admin").text();
    }

    private static void says(String answer, String kind, String... words) {
        assertThat(answer)
                .startsWith("<div class=\"" + kind + "\">")
                .contains(words)
                .doesNotContain("\tat ", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {TOKEN_ID, ACCOUNT_ID})
    void aGoodConnectionTellsHowManyPatternsThereAre(String credentialsId) throws Exception {
        says(test(server.url(), credentialsId), "ok", "It works: 3 patterns can be seen.");
        assertThat(server.requests("GET", PATTERNS)).hasSize(1);
    }

    @Test
    void aCredentialThatEveryJobCanReadIsWarnedOfWhereItsUseIsRestricted() throws Exception {
        String answer = WebCall.create(SHARED.jenkins(), "", MetaKraftwerkServer.class, "testConnection")
                .with("url", server.url())
                .with("credentialsId", TOKEN_ID)
                .with("usage", "listed")
                .as("admin")
                .text();
        says(answer, "warning", "It works: 3 patterns can be seen.", "Any job can read this credential by itself");
        for (String usage : new String[] {"listed", "all"}) {
            String check = WebCall.create(SHARED.jenkins(), "", MetaKraftwerkServer.class, "checkCredentialsId")
                    .with("value", TOKEN_ID)
                    .with("url", server.url())
                    .with("usage", usage)
                    .as("admin")
                    .text();
            assertThat(check.contains("Any job can read")).isEqualTo(usage.equals("listed"));
        }
    }

    @Test
    void theButtonOnThePageTestsWhatIsTypedThere() throws Exception {
        Setup.servers(Setup.server("typed", "https://app.metakraftwerk.com", TOKEN_ID));
        try (var client = SHARED.jenkins().createWebClient().withBasicCredentials("admin", "admin")) {
            HtmlPage page = client.goTo("configure");
            Pages.list(client, page, "credentialsId", TOKEN_ID);
            page.<HtmlInput>getFirstByXPath("//div[@name='servers']//input[@name='_.url']")
                    .setValue(server.url());
            HtmlFormUtil.getButtonByCaption(page.getFormByName("config"), "Test connection")
                    .click();
            Pages.until(
                    client,
                    "an answer beside the button",
                    () -> page.getByXPath("//div[@name='servers']//div[contains(@class, 'ok')]").stream()
                            .map(answer -> ((DomElement) answer).getTextContent())
                            .anyMatch(text -> text.contains("It works: 3 patterns can be seen.")));
        }
        assertThat(server.requests("GET", PATTERNS)).hasSize(1);
    }

    @Test
    void aWrongTokenIsNamedAsSuch() throws Exception {
        says(
                test(server.url(), "wrong-token"),
                "error",
                "did not accept the credential (401: Not authenticated)",
                "store a new one");
    }

    @Test
    void aWrongPasswordIsNamedAsSuch() throws Exception {
        String answer = test(server.url(), "wrong-log-in");
        says(answer, "error", "answered 401", "Invalid login", "Check the e-mail and the password");
        assertThat(answer).doesNotContain("Sesame");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aMissingPermissionIsNamedAsSuch() throws Exception {
        server.fault("GET", PATTERNS, 1, Fault.error(403, "You <b>may</b> not"));
        says(test(server.url(), TOKEN_ID), "error", "answered 403", "You &lt;b&gt;may&lt;/b&gt; not");
    }

    @Test
    void noServerThere() throws Exception {
        try (SilentPort nobody = new SilentPort()) {
            says(test(nobody.url(), TOKEN_ID), "error", "the connection was refused");
        }
    }

    @Test
    void noSuchHost() throws Exception {
        says(test("https://metakraftwerk.invalid", TOKEN_ID), "error", "metakraftwerk.invalid is not known");
    }

    @Test
    void aWebPageInsteadOfTheApi() throws Exception {
        server.fault("GET", PATTERNS, 1, Fault.html());
        says(test(server.url(), TOKEN_ID), "error", "something that is not JSON");
    }

    @Test
    void aRedirectIsTellingAndNotFollowed() throws Exception {
        try (StandInServer other = StandInServer.start()) {
            server.fault("GET", PATTERNS, 1, Fault.redirect(other.url() + "/elsewhere?token=x"));
            says(test(server.url(), TOKEN_ID), "error", "redirects to " + other.url() + "/elsewhere", "not followed");
            assertThat(other.requests()).isEmpty();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aServerThatDoesNotAnswerDoesNotHoldTheRequest() throws Exception {
        FormLimits.shortCalls();
        server.hold("GET", PATTERNS);
        says(test(server.url(), TOKEN_ID), "error", "did not answer in time");
    }

    @Test
    void aLogInThatIsNotAnsweredDoesNotHoldTheRequest() throws Exception {
        FormLimits.shortWaits();
        server.hold("POST", "/authentication");
        says(test(server.url(), ACCOUNT_ID), "error", "did not answer within");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "http://169.254.169.254/", "http://[fe80::1]/", "gopher://host"})
    void anUnusableUrlIsNotEvenTried(String url) throws Exception {
        assertThat(test(url, TOKEN_ID))
                .matches("<div class=\"error\">.*(must start with https|Link-local addresses).*</div>");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void noCredentialOrAnUnknownOne() throws Exception {
        says(test(server.url(), ""), "error", "Choose a credential first");
        says(test(server.url(), "gone"), "error", "no usable credential with the id &#039;gone&#039;");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void onlyAdministratorsMay() throws Exception {
        assertThat(call(server.url(), TOKEN_ID).as("manager").send().getStatusCode())
                .isEqualTo(403);
        assertThat(call(server.url(), TOKEN_ID).send().getStatusCode()).isEqualTo(403);
        assertThat(call(server.url(), TOKEN_ID).as("admin").byGet().send().getStatusCode())
                .isEqualTo(404);
        assertThat(call(server.url(), TOKEN_ID)
                        .as("admin")
                        .withoutCrumb()
                        .send()
                        .getStatusCode())
                .isEqualTo(403);
        assertThat(server.requests()).isEmpty();
    }
}
