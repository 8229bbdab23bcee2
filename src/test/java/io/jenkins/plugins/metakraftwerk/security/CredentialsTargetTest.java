package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/** A credential is sent to the server that it is for, and nowhere else, whatever a job or a server wants. */
class CredentialsTargetTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @AutoClose
    private final StandInServer other = StandInServer.start();

    @BeforeEach
    void twoServers() {
        Setup.servers(Setup.server("main", server.url(), "system"), Setup.server("bare", other.url(), null));
        for (String id : List.of("system", "global")) {
            server.acceptToken(id + "-token");
            other.acceptToken(id + "-token");
        }
        Setup.systemCredential(Setup.secretText(CredentialsScope.SYSTEM, "system", "system-token"));
    }

    private void usesGlobalToken() {
        assertThat(server.requests())
                .isNotEmpty()
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isEqualTo("Bearer global-token"));
        assertThat(other.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theCredentialOfAServerIsSentToNoOtherServer(Deploying kind) throws Exception {
        Run<?, ?> run = Deploying.run(jenkins, kind.job(jenkins.jenkins, Map.of("server", "bare")), Result.FAILURE);
        jenkins.assertLogContains(
                "There is no credential for the MetaKraftwerk server 'bare'. The job names none, no folder above it",
                run);
        assertThat(server.requests()).isEmpty();
        assertThat(other.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aJobCannotNameAnAddress(Deploying kind) throws Exception {
        Run<?, ?> run =
                Deploying.run(jenkins, kind.job(jenkins.jenkins, Map.of("server", other.url())), Result.FAILURE);
        jenkins.assertLogContains("There is no MetaKraftwerk server called '" + other.url() + "'", run);
        assertThat(server.requests()).isEmpty();
        assertThat(other.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aServerCannotPassTheCredentialOn(Deploying kind) throws Exception {
        server.fault(request -> true, 1, Fault.redirect(other.url() + "/api/v1/build_deployments"));
        Run<?, ?> run = Deploying.run(jenkins, kind.job(jenkins.jenkins, Map.of()), Result.FAILURE);
        jenkins.assertLogContains("Redirects are not followed", run);
        assertThat(other.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aCredentialOfADomainIsSentToServersOfThatDomainOnly(Deploying kind) throws Exception {
        onlyForMain("limited");
        Deploying.run(jenkins, kind.job(jenkins.jenkins, Map.of("credentialsId", "limited")), Result.SUCCESS);
        usesGlobalToken();
        server.clearRequests();
        Run<?, ?> run = Deploying.run(
                jenkins,
                kind.job(jenkins.jenkins, Map.of("credentialsId", "limited", "server", "bare")),
                Result.FAILURE);
        jenkins.assertLogContains("There is no usable credential with the id 'limited' in the stores that", run);
        assertThat(server.requests()).isEmpty();
        assertThat(other.requests()).isEmpty();
    }

    /** Not even where an admin chose it and the domain was made, or the server moved, afterwards. */
    @ParameterizedTest
    @EnumSource
    void theServersOwnCredentialIsBoundToItsDomainToo(Deploying kind) throws Exception {
        onlyForMain("chosen");
        Setup.servers(Setup.server("main", server.url(), "chosen"));
        Deploying.run(jenkins, kind.job(jenkins.jenkins, Map.of()), Result.SUCCESS);
        usesGlobalToken();
        server.clearRequests();
        Setup.servers(Setup.server("main", other.url(), "chosen"));
        Run<?, ?> run = Deploying.run(jenkins, kind.job(jenkins.jenkins, Map.of()), Result.FAILURE);
        jenkins.assertLogContains("There is no usable credential with the id 'chosen' in the system store", run);
        jenkins.assertLogContains("It is the credential of the MetaKraftwerk server 'main': ask an administrator", run);
        assertThat(other.requests()).isEmpty();
    }

    private void onlyForMain(String id) {
        Setup.credentialFor("localhost:" + server.port(), Setup.secretText(id, "global-token"));
    }
}
