package io.jenkins.plugins.metakraftwerk.form;

import static io.jenkins.plugins.metakraftwerk.fixture.Setup.TOKEN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.metakraftwerk.client.SilentPort;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a list cannot be had, the stored value stays in the field and the reason is shown beside it. */
class DropDownReasonsTest {

    private static final String PATTERNS = "/api/v1/patterns";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static FreeStyleProject job;

    private final StandInServer server = SHARED.server();

    @BeforeAll
    static void secure() throws Exception {
        job = SHARED.jenkins().createFreeStyleProject("job");
        Setup.secure(SHARED.jenkins())
                .let("admin", Jenkins.ADMINISTER)
                .let("user looker", Jenkins.READ, Item.READ)
                .let("looker", Item.EXTENDED_READ)
                .let("user", CredentialsProvider.USE_ITEM);
        Setup.systemCredential(Setup.secretText("wrong", "nonsense"));
        Setup.systemCredential(Setup.secretText("blank", "two words"));
    }

    @BeforeEach
    void addServerWithoutCredential() {
        Setup.servers(Setup.server("main", server.url(), TOKEN_ID), Setup.server("bare", server.url(), null));
    }

    private static WebCall patterns() {
        return WebCall.create(SHARED.jenkins(), job.getUrl(), StepForm.InJob.class, "fillPatternItems")
                .as("user");
    }

    @Test
    void anUnreachableServer() throws Exception {
        try (SilentPort nobody = new SilentPort()) {
            Setup.servers(Setup.server("main", nobody.url(), TOKEN_ID));
            assertThat(patterns().failure()).contains("the connection was refused", "main could not be reached");
        }
    }

    @Test
    void aWrongCredential() throws Exception {
        assertThat(patterns().with("credentialsId", "wrong").failure())
                .contains("did not accept the credential (401: Not authenticated)", "store a new one");
    }

    @Test
    void anUnusableTokenIsNotSentAndNotShown() throws Exception {
        assertThat(patterns().with("credentialsId", "blank").failure())
                .contains("The stored token is empty or contains characters that no token has")
                .doesNotContain("two words");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aMissingPermissionOnTheServer() throws Exception {
        server.fault("GET", PATTERNS, 1, Fault.error(403, "You <i>may</i> not"));
        assertThat(patterns().failure()).contains("answered 403", "You <i>may</i> not");
    }

    @Test
    void anUnknownPattern() throws Exception {
        assertThat(WebCall.create(SHARED.jenkins(), job.getUrl(), StepForm.InJob.class, "fillDeploymentItems")
                        .as("user")
                        .with("pattern", "NO<P>")
                        .failure())
                .contains("A pattern with the name 'NO<P>' does not exist!");
    }

    @Test
    void aWebPageInsteadOfAList() throws Exception {
        server.fault("GET", PATTERNS, 1, Fault.html());
        assertThat(patterns().failure()).contains("something that is not JSON").doesNotContain("Please log in");
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere, '', There is no MetaKraftwerk server called",
        "bare, '', There is no credential for the MetaKraftwerk server"
    })
    void nothingToAskWith(String name, String credentialsId, String reason) throws Exception {
        assertThat(patterns()
                        .with("server", name)
                        .with("credentialsId", credentialsId)
                        .failure())
                .contains(reason);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void noServerAtAll() throws Exception {
        Setup.servers();
        assertThat(patterns().failure()).contains("No MetaKraftwerk server is configured");
    }

    @ParameterizedTest
    @CsvSource({"${SERVER}, ''", "'', ${CREDENTIAL}", "x${S}, wrong"})
    void aVariableIsKnownOnlyWhenTheBuildRuns(String name, String credentialsId) throws Exception {
        assertThat(patterns()
                        .with("server", name)
                        .with("credentialsId", credentialsId)
                        .failure())
                .contains("is a variable", "The value of the field stays");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whoMayNotUseTheCredentialsOfTheItem() throws Exception {
        assertThat(patterns().as("looker").failure()).contains("(Credentials/UseItem)");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void outsideOfAnItemOnlyAdministratorsGetLists() throws Exception {
        for (String field : new String[] {"Pattern", "Deployment", "AgentGroup"}) {
            WebCall call = WebCall.create(SHARED.jenkins(), "", StepForm.InScript.class, "fill" + field + "Items")
                    .with("pattern", PATTERN);
            assertThat(call.as("user").failure()).contains("only administrators (Overall/Administer) get the lists");
            assertThat(server.requests()).isEmpty();
        }
        assertThat(WebCall.create(SHARED.jenkins(), "", StepForm.InScript.class, "fillPatternItems")
                        .as("admin")
                        .entries())
                .containsKey(PATTERN);
    }

    @Test
    void aServerThatDoesNotAnswerDoesNotHoldTheRequest() throws Exception {
        FormLimits.shortCalls();
        server.hold("GET", PATTERNS);
        assertThat(patterns().failure()).contains("did not answer in time");
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws Exception {
        server.fault("GET", PATTERNS, 1, Fault.endless());
        assertThat(patterns().failure()).contains("with more than 100000 entries");
    }
}
