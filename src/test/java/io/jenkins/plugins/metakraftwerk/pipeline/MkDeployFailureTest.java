package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.SilentPort;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** How {@code mkDeploy} refuses and fails, and what a script can make of it. */
class MkDeployFailureTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @BeforeEach
    void failAtOnce() {
        MetaKraftwerkGlobalConfiguration.get().setRetrySeconds(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "pattern: 'P', deployment: 'D' | buildId is missing",
                "buildId: '', pattern: 'P', deployment: 'D' | buildId is missing",
                "buildId: null, pattern: 'P', deployment: 'D' | buildId is missing",
                "buildId: 0, pattern: 'P', deployment: 'D' | buildId must be a positive whole number, not '0'",
                "buildId: -5, pattern: 'P', deployment: 'D' | buildId must be a positive whole number, not '-5'",
                "buildId: 5.5, pattern: 'P', deployment: 'D' | buildId must be a positive whole number, not '5.5'",
                "buildId: [5], pattern: 'P', deployment: 'D' | buildId must be a number or a text, not 'ArrayList'",
                "buildId: '9223372036854775808', pattern: 'P', deployment: 'D' | buildId must be a positive whole number",
                "buildId: 5, deployment: 'D' | Give either pattern or patternId",
                "buildId: 5, pattern: 'P', patternId: 1, deployment: 'D' | Give only one of pattern and patternId",
                "buildId: 5, pattern: 'P' | Give either deployment or deploymentId",
                "buildId: 5, pattern: 'P', deployment: 'D', deploymentId: 1 | only one of deployment and deploymentId",
                "buildId: 5, pattern: 'P', deployment: 'D', agent: 'A', agentGroup: 'G' | (given: agent, agentGroup)",
                "buildId: 5, pattern: 'P', deployment: 'D', agentId: 1, agentGroupId: 'x' | (given: agentId, agentGroupId)",
                "buildId: 'x', agentId: 'y' | buildId must be a positive whole number, not 'x'"
            })
    void refusesWithTheNamesOfTheFieldsAndSendsNothing(String fields, String complaint) throws Exception {
        String log = Scripts.fail(jenkins, "mkDeploy " + fields);

        assertThat(log).contains("ERROR: ").contains(complaint).contains("Nothing was sent.");
        assertThat(log).doesNotContain("\tat ");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mkDeploy(5139, 'CORE_DV_HLS') | Expected named arguments but got [5139, CORE_DV_HLS]",
                "mkDeploy buildId: 5139, patern: 'CORE_DV_HLS' | mkDeploy has no argument 'patern'.",
                "mkDeploy buildId: 5139, pattern: 11, deployment: 'D' | pattern must be a text, not '11'."
            })
    void saysWhatIsWrongWithTheCall(String script, String complaint) throws Exception {
        assertThat(Scripts.fail(jenkins, script)).contains(complaint);
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 429, 503})
    void failsWithTheStatusAndTheServersWords(int status) throws Exception {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.error(status, "No, since <b>no</b>"));

        String log = Scripts.fail(jenkins, Scripts.DEPLOY);

        assertThat(log)
                .contains("ERROR: ")
                .contains(String.valueOf(status))
                .contains("No, since <b>no</b>")
                .doesNotContain("\tat ");
        assertThat(server.deployments()).isEmpty();
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
    }

    @Test
    void letsTheSandboxReadTheFailure() throws Exception {
        String log = Scripts.succeed(
                jenkins,
                "try { mkDeploy buildId: 5139, pattern: 'NO_SUCH', deployment: 'DEPLOY_TO_DEV' }"
                        + " catch (e) { echo \"status ${e.status} unknown ${e.outcomeUnknown} because ${e.message}\" }");

        assertThat(log)
                .contains("status 404 unknown false because ")
                .contains("A pattern with the name 'NO_SUCH' does not exist!");
    }

    @Test
    void hasNoStatusWhereNothingAnswered() throws Exception {
        try (SilentPort nobody = new SilentPort()) {
            Setup.servers(Setup.server("gone", nobody.url(), Setup.TOKEN_ID));

            String log = Scripts.succeed(
                    jenkins,
                    "try { " + Scripts.DEPLOY
                            + " } catch (e) { echo \"status ${e.status} unknown ${e.outcomeUnknown}\" }");

            assertThat(log).contains("status null unknown false");
        }
    }

    @Test
    void saysWhereTheOutcomeIsUnknown() throws Exception {
        server.fault(
                "POST",
                BUILD_DEPLOYMENTS,
                1,
                Fault.statusAfter(
                        201, "application/json", "{\"id\":99,\"build_id\":1,\"pattern_id\":1,\"deployment_id\":1}"));

        String log = Scripts.succeed(
                jenkins,
                "try { " + Scripts.DEPLOY + " } catch (e) { echo \"unknown ${e.outcomeUnknown}: ${e.message}\" }");

        assertThat(log)
                .contains("unknown true: Outcome unknown: the server answered with record 99 of build 1")
                .contains("Check whether build 5139 was deployed (CORE_DV_HLS → DEPLOY_TO_DEV)");
    }

    @Test
    void adoptsTheRecordOfALostAnswer() throws Exception {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.dropAfter());

        String log = Scripts.succeed(jenkins, "def r = " + Scripts.DEPLOY + "\necho \"is ${r.id} ${r.created}\"");

        assertThat(log).contains("is 1 true").contains("Found build deployment 1");
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
    }

    /** Jenkins would let it pass as a value that nobody uses. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREESTYLE",
                "node { FREESTYLE }",
                "step FREESTYLE",
                "pipeline { agent any\n stages { stage('deploy') { steps { FREESTYLE } } } }"
            })
    void theStepOfFreestyleJobsIsRefused(String script) throws Exception {
        String step = "metaKraftwerkDeploy(buildId: '5139', pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV')";

        assertThat(Scripts.fail(jenkins, script.replace("FREESTYLE", step)))
                .contains("In a Pipeline, use mkDeploy with the same fields")
                .doesNotContain("\tat ");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void canBeCaughtAndTheBuildGoesOn() throws Exception {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.error(400, "Not today"));

        String log = Scripts.succeed(
                jenkins,
                "catchError(buildResult: 'SUCCESS', stageResult: 'SUCCESS') { " + Scripts.DEPLOY
                        + " }\necho 'went on'");

        assertThat(log).contains("Not today").contains("went on").doesNotContain("\tat ");
    }

    @Test
    void canBeRetriedAfterARefusal() throws Exception {
        server.fault("POST", BUILD_DEPLOYMENTS, 2, Fault.error(400, "Not today"));

        Scripts.succeed(jenkins, "retry(3) { " + Scripts.DEPLOY + " }");

        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(3);
        assertThat(server.deployments()).hasSize(1);
    }

    @Test
    void triesAgainByItselfWhatTheServerPutsOff() throws Exception {
        MetaKraftwerkGlobalConfiguration.get().setRetrySeconds(60);
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.error(429, "Too many", "Retry-After", "1"));

        String log = Scripts.succeed(jenkins, Scripts.DEPLOY);

        assertThat(log).contains("Too many").contains("trying again in ");
        assertThat(server.deployments()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "5141,Build 5141 is FAILED and cannot be deployed: Mapping M_1 is invalid",
        "5142,Build 5142 is CANCELED"
    })
    void deploysNoBuildThatFailed(int build, String complaint) throws Exception {
        String log = Scripts.fail(jenkins, Scripts.DEPLOY.replace("5139", "" + build) + ", waitForBuild: true");

        assertThat(log).contains("ERROR: " + complaint);
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).isEmpty();
    }
}
