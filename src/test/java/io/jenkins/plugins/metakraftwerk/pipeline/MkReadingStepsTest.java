package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** {@code mkFindDeployments} and {@code mkGetDeployment}. */
class MkReadingStepsTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @BeforeEach
    void addRecords() {
        server.addBuildDeployment(5139, 11, 21, null, 41L);
        server.addBuildDeployment(5139, 11, 22, 51L, null);
        server.addBuildDeployment(5140, 12, 31, null, null);
    }

    @Test
    void findsWhatTheFilterLetsThrough() throws Exception {
        String log = Scripts.succeed(
                jenkins,
                "def all = mkFindDeployments buildId: 5139, pattern: 'CORE_DV_HLS'\n"
                        + "echo \"ids ${all.collect { it.id }} by ${all[0].agentGroupId}, ${all[1].agentId};"
                        + " created ${all.any { it.created }}\"");

        assertThat(log)
                .contains("ids [1, 2] by 41, 51; created false")
                .contains("[MetaKraftwerk] Found 2 build deployments on stand-in ("
                        + server.url().replace("http://", "") + ").");
        assertThat(server.requests("GET", BUILD_DEPLOYMENTS))
                .singleElement()
                .satisfies(request ->
                        assertThat(request.query()).isEqualTo(Map.of("build_id", "5139", "pattern", "CORE_DV_HLS")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mkFindDeployments(buildId: 5139, patternId: '11', deploymentId: 22)",
                "mkFindDeployments(buildId: '5139', pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_TEST')"
            })
    void takesEveryFilter(String find) throws Exception {
        assertThat(Scripts.succeed(jenkins, "echo \"ids ${" + find + ".collect { it.id }}\""))
                .contains("ids [2]");
    }

    @Test
    void findsAllWithoutAFilterAndPerhapsNone() throws Exception {
        assertThat(Scripts.succeed(
                        jenkins,
                        "echo \"all ${mkFindDeployments().size()}, none ${mkFindDeployments(buildId: 5142).size()}\""))
                .contains("all 3, none 0");
    }

    @Test
    void saysWhatItDidNotFind() throws Exception {
        assertThat(Scripts.succeed(
                        jenkins, "mkFindDeployments buildId: 5142, pattern: 'CORE_DV_HLX', deploymentId: 21"))
                .contains("Found 0 build deployments of build 5142, pattern CORE_DV_HLX, deployment #21 on stand-in")
                .contains("There is no pattern 'CORE_DV_HLX' that", "The nearest: CORE_DV_HLS, ");
    }

    @Test
    void resultsHaveTheNamesThatWereAskedBy() throws Exception {
        assertThat(
                        Scripts.succeed(
                                jenkins,
                                "def found = mkFindDeployments(pattern: 'CORE_DV_HLS', deploymentId: 22)[0]\n"
                                        + "def got = mkGetDeployment id: 2\n"
                                        + "def made = mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV',"
                                        + " agentGroup: 'DEV_AGENTS'\n"
                                        + "for (r in [found, got, made]) { echo \"$r.id: $r.pattern $r.deployment $r.agent $r.agentGroup\" }"))
                .contains("2: CORE_DV_HLS null null null", "2: null null null null")
                .contains("4: CORE_DV_HLS DEPLOY_TO_DEV null DEV_AGENTS");
    }

    @Test
    void getsOneByItsId() throws Exception {
        String log = Scripts.succeed(
                jenkins, "def r = mkGetDeployment id: 2\necho \"$r.id $r.buildId $r.agentId $r.created\"");

        assertThat(log).contains("2 5139 51 false").contains("Found build deployment 2 of build 5139");
    }

    @Test
    void workInADeclarativePipelineWithoutANode() throws Exception {
        String log = Scripts.succeed(
                jenkins,
                "pipeline { agent none; stages { stage('Look') { steps {\n"
                        + "mkGetDeployment(id: 1)\nmkGetDeployment 2\nmkFindDeployments(buildId: 5139, patternId: '11')\n"
                        + "} } } }");

        assertThat(log).contains("Found build deployment 1 ", "Found build deployment 2 ", "Found 2 build deployments");
    }

    @Test
    void failsWithTheStatusOfTheServer() throws Exception {
        assertThat(Scripts.succeed(
                        jenkins, "try { mkGetDeployment id: 99 } catch (e) { echo \"$e.status: $e.message\" }"))
                .contains("404: ")
                .contains("No record found for id '99'");
    }

    @Test
    void readsAgainWhatFailedInPassing() throws Exception {
        server.fault("GET", BUILD_DEPLOYMENTS + "/1", 1, Fault.error(503, "Restarting"));

        assertThat(Scripts.succeed(jenkins, "mkGetDeployment id: 1"))
                .contains("Restarting", "trying again in ", "Found build deployment 1 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mkGetDeployment id: 'x'", "mkFindDeployments patternId: 1, pattern: 'P', buildId: 'x'"})
    void refuseWithTheNamesOfTheFieldsAndSendNothing(String script) throws Exception {
        assertThat(Scripts.fail(jenkins, script))
                .containsPattern("ERROR: .*(id|buildId) must be a positive whole number, not 'x'.*Nothing was sent")
                .doesNotContain("\tat ");
        assertThat(server.requests()).isEmpty();
    }
}
