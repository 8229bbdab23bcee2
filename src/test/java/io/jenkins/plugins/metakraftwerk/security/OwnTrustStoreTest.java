package io.jenkins.plugins.metakraftwerk.security;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.ProxyConfiguration;
import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.client.Certificates;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller that is started with the options of docs/configuration.md. */
class OwnTrustStoreTest {

    private static final String HOST = "metakraftwerk.invalid";

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    private String deploy(String url, String token, Integer proxy, String result) throws Throwable {
        return jenkins.call(r -> {
            r.jenkins.setProxy(
                    proxy == null ? null : new ProxyConfiguration("localhost", proxy, "proxy-user", "proxy-secret"));
            Setup.standIn(url, token);
            return JenkinsRule.getLog(
                    Deploying.run(r, Deploying.PIPELINE.job(r.jenkins, Map.of()), Result.fromString(result)));
        });
    }

    @Test
    void aPrivateAuthorityIsTrustedAndATunnelMayNeedALogIn(@TempDir Path directory) throws Throwable {
        Certificates certificates = new Certificates(directory);
        try (StandInServer server = StandInServer.start(certificates.signed("both", "dns:localhost,dns:" + HOST));
                StandInServer unknown = StandInServer.start(certificates.selfSigned());
                SmallProxy proxy = new SmallProxy(server.port(), "proxy-user:proxy-secret")) {
            jenkins.javaOptions(
                    "-Djavax.net.ssl.trustStore=" + directory.resolve(Certificates.AUTHORITY),
                    "-Djavax.net.ssl.trustStorePassword=" + Certificates.STORE_PASSWORD,
                    "-Djdk.http.auth.tunneling.disabledSchemes=");
            jenkins.startJenkins();

            deploy(server.url(), server.token(), null, "SUCCESS");
            assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);

            assertThat(deploy(unknown.url(), server.token(), null, "FAILURE"))
                    .contains("is not signed by an authority that this Jenkins trusts");
            assertThat(unknown.requests()).isEmpty();

            deploy("https://" + HOST, server.token(), proxy.port(), "SUCCESS");
            assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(2);
            assertThat(proxy.heads())
                    .isNotEmpty()
                    .allSatisfy(head -> assertThat(head)
                            .startsWith("CONNECT " + HOST + ":443 ")
                            .contains("Proxy-Authorization: Basic")
                            .doesNotContain(server.token()));
            assertThat(server.requests()).allSatisfy(request -> {
                assertThat(request.header("Authorization")).isEqualTo("Bearer " + server.token());
                assertThat(request.headers()).doesNotContainKey("proxy-authorization");
            });
        }
    }
}
