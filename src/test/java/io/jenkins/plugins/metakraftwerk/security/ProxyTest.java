package io.jenkins.plugins.metakraftwerk.security;

import static io.jenkins.plugins.metakraftwerk.fixture.Setup.ACCOUNT_ID;
import static io.jenkins.plugins.metakraftwerk.fixture.Setup.TOKEN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.AUTHENTICATION;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.ProxyConfiguration;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** The proxy of 'Manage Jenkins' is used as it is configured there, and gets nothing that is not meant for it. */
class ProxyTest {

    /** A host that nobody knows, so that only a proxy can reach it. */
    private static final String HOST = "metakraftwerk.invalid";

    private static final String USER = "proxy-user";
    private static final String PASSWORD = "pröxy secret";
    private static final String LOG_IN = USER + ":" + PASSWORD;

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @BeforeEach
    void aServerBehindTheProxy() {
        Setup.servers(Setup.server("main", "http://" + HOST, TOKEN_ID));
        MetaKraftwerkGlobalConfiguration.get().setRetrySeconds(10);
    }

    @AfterEach
    void noProxy() {
        jenkins.jenkins.setProxy(null);
    }

    private void proxy(String host, int port, String user, String password, String exceptions) {
        jenkins.jenkins.setProxy(new ProxyConfiguration(host, port, user, password, exceptions));
    }

    private Run<?, ?> begin() throws Exception {
        return Deploying.begin(Deploying.FREESTYLE.job(jenkins.jenkins, Map.of()));
    }

    private String deploy(Result expected) throws Exception {
        return JenkinsRule.getLog(jenkins.assertBuildStatus(expected, jenkins.waitForCompletion(begin())));
    }

    private String testConnection() throws Exception {
        return WebCall.create(jenkins, "", MetaKraftwerkServer.class, "testConnection")
                .with("url", "http://" + HOST)
                .with("credentialsId", TOKEN_ID)
                .text();
    }

    private void deployedOnceWithTheTokenAndWithoutTheProxysLogIn() {
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
        assertThat(server.requests()).allSatisfy(request -> {
            assertThat(request.header("Authorization")).isEqualTo("Bearer " + server.token());
            assertThat(request.headers()).doesNotContainKey("proxy-authorization");
            assertThat(request.toString()).doesNotContain(basic(LOG_IN), USER);
        });
    }

    private static String basic(String logIn) {
        return Base64.getEncoder().encodeToString(logIn.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aProxyWithoutLogIn() throws Exception {
        try (SmallProxy proxy = new SmallProxy(server.port(), null)) {
            proxy("localhost", proxy.port(), null, null, "other.example");
            deploy(Result.SUCCESS);
            deployedOnceWithTheTokenAndWithoutTheProxysLogIn();
            assertThat(proxy.heads())
                    .hasSameSizeAs(server.requests())
                    .allSatisfy(head -> assertThat(head)
                            .matches("(?s)(GET|POST) http://" + HOST + "/.*")
                            .doesNotContain("Proxy-Authorization"));
        }
    }

    @Test
    void aProxyWithLogIn() throws Exception {
        try (SmallProxy proxy = new SmallProxy(server.port(), LOG_IN)) {
            proxy("localhost", proxy.port(), USER, PASSWORD, null);
            deploy(Result.SUCCESS);
            deployedOnceWithTheTokenAndWithoutTheProxysLogIn();
            assertThat(proxy.heads())
                    .hasSameSizeAs(server.requests())
                    .allSatisfy(head ->
                            assertThat(head).contains("\r\nProxy-Authorization: Basic " + basic(LOG_IN) + "\r\n"));
        }
    }

    @Test
    void aProxyWithLogInBeforeAServerWithLogIn() throws Exception {
        Setup.servers(Setup.server("main", "http://" + HOST, ACCOUNT_ID));
        try (SmallProxy proxy = new SmallProxy(server.port(), LOG_IN)) {
            proxy("localhost", proxy.port(), USER, PASSWORD, null);
            deploy(Result.SUCCESS);
            assertThat(server.requests("POST", AUTHENTICATION)).hasSize(1);
            assertThat(server.requests("POST", BUILD_DEPLOYMENTS))
                    .singleElement()
                    .satisfies(request ->
                            assertThat(request.header("Authorization")).startsWith("Bearer "));
        }
    }

    @Test
    void aWrongPasswordForTheProxyIsNamedAsTheCause() throws Exception {
        try (SmallProxy proxy = new SmallProxy(server.port(), LOG_IN)) {
            proxy("localhost", proxy.port(), USER, "wrong secret", null);
            for (String message :
                    new String[] {deploy(Result.FAILURE), testConnection().replace("&#039;", "'")}) {
                assertThat(message)
                        .contains("The proxy wants a log-in: check 'Manage Jenkins'")
                        .doesNotContain("trying again", "Exception", "wrong secret", basic(USER + ":wrong secret"));
            }
            // A run reads records and build at once, and the failure of one may end the other before it is sent.
            assertThat(proxy.heads()).hasSizeBetween(2, 3);
            assertThat(server.requests()).isEmpty();
        }
    }

    /** Who typed a host with capitals means the same host. */
    @ParameterizedTest
    @CsvSource({"localhost,", "localhost, " + USER, "LocalHost,", "LocalHost, " + USER})
    void hostsWithoutProxyAreReachedDirectly(String host, String user) throws Exception {
        Setup.servers(Setup.server("main", "http://" + host + ":" + server.port(), TOKEN_ID));
        try (SmallProxy proxy = new SmallProxy(server.port(), null)) {
            proxy("localhost", proxy.port(), user, user == null ? null : PASSWORD, "*.example\nlocalhost");
            deploy(Result.SUCCESS);
            deployedOnceWithTheTokenAndWithoutTheProxysLogIn();
            assertThat(proxy.heads()).isEmpty();
        }
    }

    /** As code, a proxy can have a user and no host: it is no proxy, but a client with a log-in would drop the token. */
    @Test
    void aProxyThatIsALogInOnly() throws Exception {
        Setup.servers(Setup.server("main", server.url(), TOKEN_ID));
        proxy(null, 0, USER, PASSWORD, null);
        deploy(Result.SUCCESS);
        deployedOnceWithTheTokenAndWithoutTheProxysLogIn();
    }

    @Test
    void aChangeOfTheProxyCountsAtOnce() throws Exception {
        try (SmallProxy first = new SmallProxy(server.port(), null);
                SmallProxy second = new SmallProxy(server.port(), LOG_IN)) {
            proxy("localhost", first.port(), null, null, null);
            deploy(Result.SUCCESS);
            int before = first.heads().size();
            proxy("localhost", second.port(), USER, PASSWORD, null);
            deploy(Result.SUCCESS);
            assertThat(first.heads()).hasSize(before);
            assertThat(second.heads()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"localhost,", "localhost, " + USER, "proxy.invalid,", "proxy.invalid, " + USER})
    void aProxyThatIsNotThereIsNamedAsTheCause(String host, String user) throws Exception {
        MetaKraftwerkGlobalConfiguration.get().setRetrySeconds(0);
        int port = server.port();
        server.close();
        proxy(host, port, user, user == null ? null : PASSWORD, null);
        String cause = " could not be reached: the proxy " + host + ":" + port + " does not answer.";
        assertThat(deploy(Result.FAILURE))
                .contains("main" + cause, "Nothing was deployed.")
                .doesNotContain("Exception");
        assertThat(testConnection()).contains("http://" + HOST + cause);
    }

    /** It goes away when the run is about to send, and so nothing has been sent. */
    @Test
    void aProxyThatComesBackInTimeIsUsedAgainAndNothingIsSentTwice() throws Exception {
        Hold hold = server.hold("GET", BUILD_DEPLOYMENTS);
        try (SmallProxy proxy = new SmallProxy(server.port(), LOG_IN)) {
            proxy("localhost", proxy.port(), USER, PASSWORD, null);
            Run<?, ?> run = begin();
            server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, Duration.ofSeconds(30));
            server.awaitRequest("GET", "/api/v1/builds/5139", 1, Duration.ofSeconds(30));
            proxy.refuse();
            int before = proxy.heads().size();
            hold.release();
            jenkins.waitForMessage("the proxy localhost:" + proxy.port() + " does not answer", run);
            proxy.listen();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertThat(proxy.heads()).hasSize(before + 3);
            jenkins.assertLogContains("trying again", run);
            jenkins.assertLogNotContains("Looking for its record", run);
        }
        assertThat(server.requests("GET", BUILD_DEPLOYMENTS)).hasSize(2);
        deployedOnceWithTheTokenAndWithoutTheProxysLogIn();
        assertThat(server.deployments()).hasSize(1);
    }
}
