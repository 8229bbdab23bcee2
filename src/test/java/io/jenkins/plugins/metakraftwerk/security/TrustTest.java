package io.jenkins.plugins.metakraftwerk.security;

import static io.jenkins.plugins.metakraftwerk.fixture.Setup.ACCOUNT_ID;
import static io.jenkins.plugins.metakraftwerk.fixture.Setup.TOKEN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.ProxyConfiguration;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.Certificates;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** The plugin talks only to a server that proves who it is, and says what is wrong with the proof. */
class TrustTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static SSLContext original;
    private static Certificates certificates;

    private final JenkinsRule jenkins = SHARED.jenkins();

    /** Trusts one private authority for the time of this class, as a trust store does for the life of a controller. */
    @BeforeAll
    static void trustAnAuthority(@TempDir Path directory) throws Exception {
        certificates = new Certificates(directory);
        original = SSLContext.getDefault();
        SSLContext.setDefault(certificates.trusting());
        MetaKraftwerkGlobalConfiguration.get().setRetrySeconds(5);
    }

    @AfterAll
    static void trustAsBefore() {
        SSLContext.setDefault(original);
    }

    private Run<?, ?> deploy(String url, Result expected) throws Exception {
        Setup.servers(Setup.server("main", url, TOKEN_ID));
        return Deploying.run(jenkins, Deploying.PIPELINE.job(jenkins.jenkins, Map.of()), expected);
    }

    private String testConnection(String url, String credential) throws Exception {
        return WebCall.create(jenkins, "", MetaKraftwerkServer.class, "testConnection")
                .with("url", url)
                .with("credentialsId", credential)
                .text();
    }

    private void isRefused(SSLContext tls, String reason) throws Exception {
        try (StandInServer server = StandInServer.start(tls)) {
            String message = "The certificate of %s " + reason;
            assertThat(JenkinsRule.getLog(deploy(server.url(), Result.FAILURE)))
                    .contains(message.formatted("main"), "Nothing was deployed.")
                    .doesNotContain("trying again", "Exception");
            for (String credential : new String[] {TOKEN_ID, ACCOUNT_ID}) {
                assertThat(testConnection(server.url(), credential))
                        .startsWith("<div class=\"error\">")
                        .contains(message.formatted(server.url()));
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aCertificateOfATrustedPrivateAuthorityIsAccepted() throws Exception {
        try (StandInServer server = StandInServer.start(certificates.signed("good", "dns:localhost"))) {
            deploy(server.url(), Result.SUCCESS);
            assertThat(testConnection(server.url(), ACCOUNT_ID)).contains("It works");
            assertThat(server.deployments()).hasSize(1);
        }
    }

    @Test
    void anUntrustedCertificateIsRefused() throws Exception {
        isRefused(certificates.selfSigned(), "is not signed by an authority that this Jenkins trusts.");
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        isRefused(
                certificates.signed("old", "dns:localhost", "-startdate", "-9d", "-validity", "2"),
                "has expired or is not valid yet.");
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() throws Exception {
        isRefused(certificates.signed("other", "dns:other.example"), "is for another host.");
    }

    @Test
    void aRedirectFromHttpsToHttpIsRefused() throws Exception {
        try (StandInServer server = StandInServer.start(certificates.signed("downgrade", "dns:localhost"));
                StandInServer plain = StandInServer.start()) {
            for (String method : new String[] {"GET", "POST"}) {
                server.fault(method, BUILD_DEPLOYMENTS, 1, Fault.redirect(plain.url() + BUILD_DEPLOYMENTS));
                jenkins.assertLogContains(
                        "It redirects to " + plain.url() + BUILD_DEPLOYMENTS + ". Redirects are not followed",
                        deploy(server.url(), Result.FAILURE));
            }
            assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
            assertThat(plain.requests()).isEmpty();
        }
    }

    /** Java keeps the log-in to itself unless it is told otherwise: see docs/configuration.md. */
    @Test
    void aTunnelThatWantsALogInIsNamedAsTheCause() throws Exception {
        try (SmallProxy proxy = new SmallProxy(1, "user:proxy-secret")) {
            jenkins.jenkins.setProxy(new ProxyConfiguration("localhost", proxy.port(), "user", "proxy-secret"));
            String url = "https://metakraftwerk.invalid";
            assertThat(JenkinsRule.getLog(deploy(url, Result.FAILURE)))
                    .contains("main answered 407", "The proxy wants a log-in: check 'Manage Jenkins'")
                    .contains("Nothing was deployed.")
                    .doesNotContain("trying again", "proxy-secret");
            assertThat(proxy.heads()).isNotEmpty().allMatch(head -> head.startsWith("CONNECT "));
        } finally {
            jenkins.jenkins.setProxy(null);
        }
    }

    @Test
    void throughATunnelTheProxySeesNothing() throws Exception {
        String host = "metakraftwerk.invalid";
        try (StandInServer server = StandInServer.start(certificates.signed("tunnel", "dns:" + host));
                SmallProxy proxy = new SmallProxy(server.port(), null)) {
            jenkins.jenkins.setProxy(new ProxyConfiguration("localhost", proxy.port()));
            deploy("https://" + host, Result.SUCCESS);
            assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
            assertThat(proxy.heads())
                    .isNotEmpty()
                    .allSatisfy(head -> assertThat(head)
                            .startsWith("CONNECT " + host + ":443 ")
                            .doesNotContainIgnoringCase("Authorization")
                            .doesNotContain(server.token()));
        } finally {
            jenkins.jenkins.setProxy(null);
        }
    }
}
