package io.jenkins.plugins.metakraftwerk.security;

import static io.jenkins.plugins.metakraftwerk.fixture.Setup.ACCOUNT_ID;
import static io.jenkins.plugins.metakraftwerk.fixture.Setup.TOKEN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.AUTHENTICATION;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.ReceivedRequest;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** The plugin talks to the configured server and to nobody else, whatever that server or a job says. */
class NetworkTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    /** The server that must not get anything; it would accept the same token and the same log-in. */
    private final StandInServer other = StandInServer.start();

    @AfterEach
    void nothingWentToTheOther() {
        other.close();
        assertThat(other.requests()).isEmpty();
    }

    private String runScript(String script, Result expected) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return JenkinsRule.getLog(Deploying.run(jenkins, job, expected));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, " + BUILD_DEPLOYMENTS + ", " + TOKEN_ID,
        "POST, " + BUILD_DEPLOYMENTS + ", " + TOKEN_ID,
        "POST, " + AUTHENTICATION + ", " + ACCOUNT_ID
    })
    void redirectsAreRefused(String method, String path, String credential) throws Exception {
        Setup.servers(Setup.server("main", server.url(), credential));
        for (int status : List.of(301, 302, 303, 307, 308)) {
            isRefused(method, path, status, other.url() + path);
        }
        isRefused(method, path, 307, "//localhost:" + other.port() + path);
        isRefused(method, path, 307, server.url() + path);
        assertThat(server.deployments()).isEmpty();
    }

    private void isRefused(String method, String path, int status, String target) throws Exception {
        server.clearRequests();
        server.clearFaults();
        server.fault(method, path, Integer.MAX_VALUE, Fault.redirect(status, target));
        Run<?, ?> run = Deploying.run(jenkins, Deploying.FREESTYLE.job(jenkins.jenkins, Map.of()), Result.FAILURE);
        assertThat(JenkinsRule.getLog(run))
                .contains("answered " + status + " to " + method)
                .contains("It redirects to " + target + ". Redirects are not followed")
                .doesNotContain("trying again");
        // Two calls that begin together may ask for a token one after the other.
        assertThat(server.requests(method, path)).hasSizeBetween(1, path.equals(AUTHENTICATION) ? 2 : 1);
    }

    /** Each of these would lead some client elsewhere. */
    @Test
    void addressesInAnswersAreNotFollowed() throws Exception {
        String[] headers = {
            "Link", "<" + other.url() + BUILD_DEPLOYMENTS + ">; rel=\"next\"",
            "Content-Location", other.url() + BUILD_DEPLOYMENTS,
            "Location", other.url() + BUILD_DEPLOYMENTS + "/1",
            "Refresh", "0; url=" + other.url(),
            "Alt-Svc", "h2=\"localhost:" + other.port() + "\"",
        };
        String more =
                "\"next\":\"URL\",\"url\":\"URL\",\"href\":\"URL\",\"links\":{\"next\":\"URL\"},\"_links\":{\"self\":{\"href\":\"URL\"}}"
                        .replace("URL", other.url() + BUILD_DEPLOYMENTS);
        String record = "{\"id\":7,\"build_id\":5139,\"pattern_id\":11,\"deployment_id\":21," + more + "}";
        String page = "{\"total\":2,\"limit\":1,\"skip\":0," + more + ",\"data\":["
                + record.replace(":11", ":12").replace(":7", ":%d") + "]}";
        // Pages of one entry have nothing in common, so all of them are read once more.
        for (int id : List.of(1, 2, 1, 2)) {
            server.fault(
                    "GET", BUILD_DEPLOYMENTS, 1, Fault.status(200, "application/json", page.formatted(id), headers));
        }
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.status(201, "application/json", record, headers));
        server.fault("GET", BUILD_DEPLOYMENTS + "/7", 1, Fault.status(200, "application/json", record, headers));

        runScript("""
                def r = mkDeploy(buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV')
                mkGetDeployment(id: r.id)
                """, Result.SUCCESS);

        assertThat(server.requests())
                .extracting(ReceivedRequest::method)
                .containsExactly("GET", "GET", "GET", "GET", "GET", "POST", "GET");
    }

    /** As names and ids, values mean nothing to a URL. */
    @Test
    void addressesInFieldsAreNotCalled() throws Exception {
        String log = runScript("""
                int accepted = 0
                for (value in ['http://HOST', '//HOST/x', '@HOST', '.HOST', '/../../x', '7/../../../x', '?x=1#y', '%2e%2e/x']) {
                  for (field in ['buildId', 'pattern', 'patternId', 'deployment', 'deploymentId',
                                 'agent', 'agentId', 'agentGroup', 'agentGroupId', 'server', 'credentialsId']) {
                    def fields = [buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV', waitForBuild: true]
                    fields.remove(field - 'Id')
                    fields[field] = value
                    try { mkDeploy(fields); accepted++ } catch (e) { }
                  }
                  for (fields in [[id: value], [id: 1, server: value], [id: 1, credentialsId: value]]) {
                    try { mkGetDeployment(fields); accepted++ } catch (e) { }
                  }
                  for (field in ['buildId', 'pattern', 'patternId', 'deployment', 'deploymentId', 'server', 'credentialsId']) {
                    try { mkFindDeployments([(field): value]) } catch (e) { }
                  }
                }
                echo "accepted ${accepted}"
                """.replace("HOST", "localhost:" + other.port()), Result.SUCCESS);

        assertThat(log).contains("accepted 0");
        assertThat(server.requests())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.path())
                        .isIn(
                                BUILD_DEPLOYMENTS,
                                "/api/v1/builds/5139",
                                "/api/v1/patterns",
                                "/api/v1/deployments",
                                "/api/v1/agents",
                                "/api/v1/agent_groups"));
        assertThat(server.deployments()).isEmpty();
    }
}
