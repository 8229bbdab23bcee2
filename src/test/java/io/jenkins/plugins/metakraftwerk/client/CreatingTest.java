package io.jenkins.plugins.metakraftwerk.client;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.failure;
import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.HARD_DEPLOYMENT;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.HARD_PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent is exactly what was given, and what the server refuses is told in its own words. */
class CreatingTest {

    @AutoClose
    private final StandInServer server = StandInServer.start();

    private final MetaKraftwerkClient client = TestClients.of(server);

    private String sent(DeploymentFields fields) throws MetaKraftwerkException {
        get(client.create(fields.request(), () -> true).handle((record, failure) -> null));
        var received = server.requests("POST", BUILD_DEPLOYMENTS);
        return received.get(received.size() - 1).body();
    }

    private static DeploymentFields named() {
        return new DeploymentFields("5139").pattern("CORE_DV_HLS", null).deployment("DEPLOY_TO_DEV", null);
    }

    @Test
    void theDocumentedExample() throws Exception {
        DeploymentRequest request = named().agentGroup("DEV_AGENTS", null).request();
        BuildDeployment record = get(client.create(request, () -> true));
        assertThat(record).isEqualTo(new BuildDeployment(1L, 5139L, 11L, 21L, 7001L, null, 41L));
        assertThat(server.deployments()).hasSize(1);
        assertThat(server.requests()).singleElement().satisfies(received -> {
            assertThat(received.is("POST", BUILD_DEPLOYMENTS)).isTrue();
            assertThat(received.header("Content-Type")).isEqualTo("application/json");
            assertThat(received.header("Authorization")).isEqualTo("Bearer " + server.token());
            assertThat(received.json()).isEqualTo(new ObjectMapper().readTree("""
                    {"build_id":5139,"pattern":"CORE_DV_HLS","deployment":"DEPLOY_TO_DEV","agent_group":"DEV_AGENTS"}
                    """));
        });
    }

    @Test
    void exactlyTheGivenFieldsAreSent() throws Exception {
        assertThat(sent(named())).isEqualTo("""
                {"build_id":5139,"pattern":"CORE_DV_HLS","deployment":"DEPLOY_TO_DEV"}""");
        assertThat(sent(new DeploymentFields(" 5139 ").pattern("", "11").deployment(null, "22")))
                .isEqualTo("""
                {"build_id":5139,"pattern_id":11,"deployment_id":22}""");
        assertThat(sent(named().agent("dev-agent-1", " "))).isEqualTo("""
                {"build_id":5139,"pattern":"CORE_DV_HLS","deployment":"DEPLOY_TO_DEV","agent":"dev-agent-1"}""");
        assertThat(sent(named().agent("", "51"))).isEqualTo("""
                {"build_id":5139,"pattern":"CORE_DV_HLS","deployment":"DEPLOY_TO_DEV","agent_id":51}""");
        assertThat(sent(named().agentGroup("DEV_AGENTS", ""))).isEqualTo("""
                {"build_id":5139,"pattern":"CORE_DV_HLS","deployment":"DEPLOY_TO_DEV","agent_group":"DEV_AGENTS"}""");
        assertThat(sent(named().agentGroup(null, "42"))).isEqualTo("""
                {"build_id":5139,"pattern":"CORE_DV_HLS","deployment":"DEPLOY_TO_DEV","agent_group_id":42}""");
        assertThat(server.deployments()).hasSize(6);
    }

    @Test
    void hardCharactersArriveInTheBody() throws Exception {
        var fields = new DeploymentFields("5139").pattern(HARD_PATTERN, null).deployment(HARD_DEPLOYMENT, null);
        assertThat(get(client.create(fields.request(), () -> true)).deploymentId())
                .isEqualTo(33);
        var body = server.requests().get(0).json();
        assertThat(body.get("pattern").asText()).isEqualTo(HARD_PATTERN);
        assertThat(body.get("deployment").asText()).isEqualTo(HARD_DEPLOYMENT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            1    | CORE_DV_HLS | DEPLOY_TO_DEV | dev-agent-1 | Build not found
            5139 | NO_PATTERN  | DEPLOY_TO_DEV | dev-agent-1 | A pattern with the name 'NO_PATTERN' does not exist!
            5139 | CORE_DV_HLS | HUB_TO_GIT    | dev-agent-1 | A deployment with the name 'HUB_TO_GIT' does not exist!
            5139 | CORE_DV_HLS | DEPLOY_TO_DEV | nobody      | An agent with the name 'nobody' does not exist!
            """)
    void theServersWordsAreShown(String build, String pattern, String deployment, String agent, String words)
            throws Exception {
        var fields = new DeploymentFields(build).pattern(pattern, null).deployment(deployment, null);
        MetaKraftwerkException failure =
                failure(client.create(fields.agent(agent, null).request(), () -> true));
        assertThat(failure.serverMessage()).isEqualTo(words);
        assertThat(failure.status()).hasValue(404);
        assertThat(failure.effect()).isEqualTo(Effect.REFUSED);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure)
                .hasMessageContaining(words)
                .hasMessageContaining(server.url())
                .hasMessageContaining("404")
                .hasMessageContaining("POST /build_deployments");
        assertThat(server.deployments()).isEmpty();
    }
}
