package io.jenkins.plugins.metakraftwerk.client;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.failure;
import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.HARD_DEPLOYMENT;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.HARD_PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read arrives as it is, and the filters reach the server as they were given. */
class ReadingTest {

    @AutoClose
    private final StandInServer server = StandInServer.start();

    private final MetaKraftwerkClient client = TestClients.forServer(server);

    @BeforeEach
    void records() {
        server.addBuildDeployment(5139, 11, 21, null, null);
        server.addBuildDeployment(5139, 11, 22, 51L, null);
        server.addBuildDeployment(5140, 12, 31, null, 41L);
        server.addBuildDeployment(5140, 13, 33, null, null);
    }

    private List<Long> find(String build, String pattern, String patternId, String deployment, String deploymentId)
            throws MetaKraftwerkException {
        var filter = BuildDeploymentFilter.parse(build, pattern, patternId, deployment, deploymentId);
        return get(() -> client.find(filter)).stream().map(BuildDeployment::id).toList();
    }

    private Map<String, String> query() {
        var requests = server.requests();
        return requests.get(requests.size() - 1).query();
    }

    @Test
    void noFilterFindsAll() throws Exception {
        assertThat(find("", " ", null, null, null)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(query()).isEmpty();
    }

    @Test
    void eachOfTheFiveFiltersWorks() throws Exception {
        assertThat(find("5139", null, null, null, null)).containsExactly(1L, 2L);
        assertThat(query()).isEqualTo(Map.of("build_id", "5139"));
        assertThat(find(null, PATTERN, null, null, null)).containsExactly(1L, 2L);
        assertThat(query()).isEqualTo(Map.of("pattern", PATTERN));
        assertThat(find(null, null, "12", null, null)).containsExactly(3L);
        assertThat(query()).isEqualTo(Map.of("pattern_id", "12"));
        assertThat(find(null, null, null, DEV, null)).containsExactly(1L, 3L);
        assertThat(query()).isEqualTo(Map.of("deployment", DEV));
        assertThat(find(null, null, null, null, "22")).containsExactly(2L);
        assertThat(query()).isEqualTo(Map.of("deployment_id", "22"));
    }

    @Test
    void filtersAddUp() throws Exception {
        assertThat(find("5140", null, "12", null, "31")).containsExactly(3L);
        assertThat(query()).isEqualTo(Map.of("build_id", "5140", "pattern_id", "12", "deployment_id", "31"));
    }

    @Test
    void hardCharactersArriveInTheQuery() throws Exception {
        assertThat(find(null, HARD_PATTERN, null, HARD_DEPLOYMENT, null)).containsExactly(4L);
        assertThat(query()).isEqualTo(Map.of("pattern", HARD_PATTERN, "deployment", HARD_DEPLOYMENT));
        assertThat(server.requests().get(0).rawQuery()).matches("[\\w.*%&=-]+");
    }

    @Test
    void aRecordHasAllItsFields() {
        BuildDeployment record = get(() -> client.get(2));
        assertThat(record).isEqualTo(new BuildDeployment(2L, 5139L, 11L, 22L, null, 51L, null));
        assertThat(server.requests("GET", "/api/v1/build_deployments/2")).hasSize(1);
    }

    @Test
    void recordsComeByAscendingId() throws Exception {
        String body = "[{\"id\":9,\"build_id\":1},{\"id\":3,\"build_id\":1},{\"id\":5,\"build_id\":1}]";
        server.fault(request -> true, 1, Fault.status(200, "application/json", body));
        assertThat(find(null, null, null, null, null)).containsExactly(3L, 5L, 9L);
    }

    @Test
    void anUnknownIdSaysSo() {
        MetaKraftwerkException failure = failure(() -> client.get(4711));
        assertThat(failure.status()).hasValue(404);
        assertThat(failure.effect()).isEqualTo(Effect.REFUSED);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.serverMessage()).isEqualTo("No record found for id '4711'");
        assertThat(failure)
                .hasMessageContaining("No record found for id '4711'")
                .hasMessageContaining("names and ids");
    }

    @Test
    void patterns() {
        assertThat(get(client::patterns)).hasSize(6);
        assertThat(get(client::patterns))
                .filteredOn(Pattern::name, HARD_PATTERN)
                .singleElement()
                .satisfies(pattern -> {
                    assertThat(pattern.id()).isEqualTo(13);
                    assertThat(pattern.type()).isEqualTo("IICS");
                    assertThat(pattern.versNo()).isEqualTo("0.9-β");
                });
        assertThat(get(client::patterns).stream().filter(Pattern::usable).map(Pattern::id))
                .containsExactly(11L, 12L, 13L);
    }

    @Test
    void deploymentsOfAPattern() {
        assertThat(get(() -> client.deployments(PATTERN, null)))
                .extracting(Deployment::name)
                .containsExactly("DEPLOY_TO_DEV", "DEPLOY_TO_TEST", "DEPLOY_TO_PROD");
        assertThat(get(() -> client.deployments(null, 12L))).contains(new Deployment(31L, DEV));
        assertThat(query()).isEqualTo(Map.of("pattern_id", "12"));
        assertThat(failure(() -> client.deployments("NONE", null)).serverMessage())
                .isEqualTo("A pattern with the name 'NONE' does not exist!");
    }

    @Test
    void agentsAndTheirGroups() {
        assertThat(get(() -> client.agentGroups("PROD_AGENTS"))).containsExactly(new AgentGroup(42L, "PROD_AGENTS"));
        assertThat(get(() -> client.agentGroups(null))).hasSize(2);
        assertThat(get(() -> client.agents(null))).hasSize(4);
        assertThat(get(() -> client.agents("lonely-agent"))).singleElement().satisfies(agent -> {
            assertThat(agent.id()).isEqualTo(54);
            assertThat(agent.online()).isTrue();
        });
    }

    @Test
    void builds() {
        Build failed = get(() -> client.build(5141));
        assertThat(failed.failed()).isTrue();
        assertThat(failed.message()).isEqualTo("Mapping M_1 is invalid");
        assertThat(get(() -> client.build(5139)).finished()).isTrue();
        assertThat(get(() -> client.build(5140)).progress()).isEqualTo(40);
        assertThat(get(() -> client.build(5142)).failed()).isTrue();
        server.deleteBuild(5139);
        assertThat(get(() -> client.build(5139)).isDeleted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "false, false", "true, true", "null, false"})
    void aBuildMayBeDeleted(String deleted, boolean isDeleted) {
        String body = "{\"id\":7,\"status\":\"FINISHED\",\"deleted\":" + deleted + "}";
        server.fault(request -> true, 1, Fault.status(200, "application/json", body));
        assertThat(get(() -> client.build(7)).isDeleted()).isEqualTo(isDeleted);
    }

    @ParameterizedTest
    @CsvSource({"BUILDING, 0", "FINISHED, 1", "FAILED, 2", "CANCELED, 2", "ARCHIVED, 3", "building, 3", ", 3"})
    void aBuildIsOneThingOrNoneThatIsKnown(String status, int which) {
        Build build = build(status, null, null);
        assertThat(List.of(build.unfinished(), build.finished(), build.failed(), which == 3))
                .containsExactly(which == 0, which == 1, which == 2, which == 3);
    }

    @Test
    void theWordsOfABuildAreCleaned() {
        String body = "{\"id\":7,\"status\":\"\\u001b[31mX\",\"message\":\"a\\nb\",\"name\":\"\\u202ec\"}";
        server.fault(request -> true, 1, Fault.status(200, "application/json", body));
        assertThat(get(() -> client.build(7))).isEqualTo(build("X", "a b", "c"));
    }

    @Test
    void unknownFieldsAreTolerated() {
        String body = "{\"id\":1,\"build_id\":2,\"status\":{\"new\":[1,2]},\"upload_id\":null,\"agents\":[]}";
        server.fault(request -> true, 1, Fault.status(200, "application/json;charset=UTF-8", body));
        assertThat(get(() -> client.get(1)).buildId()).isEqualTo(2);
    }

    @Test
    void headersAreThoseOfTheApi() {
        get(client::patterns);
        var request = server.requests().get(0);
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + server.token());
        assertThat(request.header("Accept")).isEqualTo("application/json");
        assertThat(request.header("Upgrade")).isNull();
        assertThat(request.body()).isEmpty();
    }

    @Test
    void connectionsAreUsedAgain() {
        for (int i = 0; i < 20; i++) {
            get(client::patterns);
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void manyCallsAtOnceHoldNoThreads() {
        Hold hold = server.holdAll("GET", "/api/v1/patterns");
        List<CompletableFuture<List<Pattern>>> calls = IntStream.range(0, 1000)
                .mapToObj(i -> TestClients.begin(client::patterns))
                .toList();
        server.awaitRequest("GET", "/api/v1/patterns", 1000, TestClients.LIMIT);
        assertThat(threads("MetaKraftwerk client \\d+")).isBetween(1L, 8L);
        assertThat(threads("HttpClient-\\d+-Worker-\\d+")).as("of Java itself").isZero();
        hold.release();
        calls.forEach(call -> assertThat(get(call)).hasSize(6));
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches(name))
                .count();
    }

    private static Build build(String status, String message, String name) {
        return new Build(7L, null, null, status, message, name, null, null, null, null, null, null, null, null);
    }
}
