package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Arguments that would do something else than the script says are refused, plainly and before anything is sent. */
class MkStepArgumentsTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    private static final String DECLARATIVE = "pipeline { agent none; stages { stage('Deploy') { steps { %s } } } }";

    /** In a test, structs refuses what it only warns of in a real Jenkins. */
    @BeforeEach
    void beAsLenientAsARealJenkins() {
        DescribableModel.STRICT_PARAMETER_CHECKING = false;
    }

    @AfterEach
    void beStrictAgain() {
        DescribableModel.STRICT_PARAMETER_CHECKING = true;
    }

    private void refuses(String script, String... words) throws Exception {
        assertThat(Scripts.fail(jenkins, script))
                .contains(words)
                .contains("Nothing was sent.")
                .doesNotContain("\tat ", "Exception:", "WARNING");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "mkDeploy buildId: 5139, patern: 'P', deployment: 'D' | mkDeploy has no argument 'patern'. It takes agent, "
                        + "agentGroup, agentGroupId, agentId, buildId, credentialsId, deployment, deploymentId, pattern, "
                        + "patternId, sendAfterUnknown, server, skipIfDeployed, waitForBuild, waitMinutes.",
                "mkFindDeployments build: 5139 | mkFindDeployments has no argument 'build'. It takes buildId, ",
                "mkGetDeployment id: 1, skipIfDeployed: true | mkGetDeployment has no argument 'skipIfDeployed'.",
                "mkGetDeployment([nr: 1]) | mkGetDeployment has no argument 'nr'."
            })
    void anArgumentThatThereIsNot(String script, String message) throws Exception {
        refuses(script, message);
    }

    /** Runs steps that fail, in one Pipeline, since each would take half a second otherwise. */
    private String messages(String own, List<String> steps) throws Exception {
        String script = steps.stream()
                .map(step -> "try { " + step + "; error 'ran' } catch (e) { echo e.message }")
                .collect(Collectors.joining("\n", own, ""));
        String log = Scripts.succeed(jenkins, script);
        assertThat(log).doesNotContain("ran\n");
        assertThat(server.requests()).isEmpty();
        return log;
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'  '", "null", "params.NAME", "env.NAME"})
    void anEmptyServerOrCredential(String value) throws Exception {
        for (String argument : List.of("server", "credentialsId")) {
            String given = ", " + argument + ": " + value;
            String log = messages(
                    "",
                    List.of(
                            Scripts.DEPLOY + given,
                            "mkFindDeployments buildId: 1" + given,
                            "mkGetDeployment id: 1" + given));
            assertThat(log.split(
                            argument
                                    + " is given, but empty. Check the parameter or variable that it comes from; for the"
                                    + " default, leave " + argument + " out. Nothing was sent.",
                            -1))
                    .as(log)
                    .hasSize(4);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {"'yes'|yes", "''|\"\"", "1|1", "null|null", "params.FLAG|null", "[true]|ArrayList"})
    void whatIsNeitherTrueNorFalse(String value, String shown) throws Exception {
        for (String argument : List.of("skipIfDeployed", "waitForBuild", "sendAfterUnknown")) {
            assertThat(messages("", List.of(Scripts.DEPLOY + ", " + argument + ": " + value)))
                    .contains(argument + " must be true or false, not '" + shown + "'. Nothing was sent.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10081", "1.5", "99999999999999999999", "'0'", "'ten'", "''", "null", "true"})
    void minutesThatAreNoNumberInRange(String value) throws Exception {
        refuses(
                Scripts.DEPLOY + ", waitForBuild: true, waitMinutes: " + value,
                "waitMinutes must be a whole number from 1 to 10080, not '" + value.replace("'", "") + "'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", waitForBuild: false", ", skipIfDeployed: false"})
    void minutesWithNothingToWaitFor(String others) throws Exception {
        refuses(
                Scripts.DEPLOY + ", waitMinutes: 30" + others,
                "waitMinutes is given, but there is nothing to wait for");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['5139']",
                "[a: 1]",
                "{ 5139 }",
                "new Date(0)",
                "new Own()",
                "true",
                "[$class: 'io.jenkins.plugins.metakraftwerk.pipeline.MkGetDeploymentStep', id: '1']",
                "string(name: 'a', value: 'b')"
            })
    void whatIsNeitherTextNorNumber(String value) throws Exception {
        List<String> steps = new ArrayList<>(List.of(
                "mkDeploy buildId: " + value, "mkFindDeployments buildId: " + value, "mkGetDeployment id: " + value));
        List<String> messages = new ArrayList<>(List.of("buildId must be a number or", "id must be a number or"));
        for (String id : List.of("patternId", "deploymentId", "agentId", "agentGroupId")) {
            steps.add(Scripts.DEPLOY + ", " + id + ": " + value);
            messages.add(id + " must be a number or a text, not '");
        }
        for (String name : List.of("agent", "agentGroup", "server", "credentialsId")) {
            steps.add(Scripts.DEPLOY + ", " + name + ": " + value);
            messages.add(name + " must be a text, not '");
        }
        assertThat(messages("class Own { String toString() { throw new Error('was asked') } }\n", steps))
                .contains(messages)
                .doesNotContain("was asked");
    }

    @Test
    void aNumberThatIsNoneOfJava() {
        Number own = new AtomicInteger(5) {
            @Override
            public String toString() {
                throw new AssertionError("was asked");
            }
        };
        assertThatThrownBy(() -> new MkDeployStep(own)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new MkDeployStep(BigInteger.TEN).getBuildId()).isEqualTo("10");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() throws Exception {
        refuses(
                "mkDeploy buildId: [1], patern: 'P', deployment: 'D', server: '', waitForBuild: 'no', waitMinutes: 0",
                "buildId must be a number or a text, not 'ArrayList'. mkDeploy has no argument 'patern'.",
                " server is given, but empty. ",
                " waitForBuild must be true or false, not 'no'. waitMinutes must be a whole number from 1 to 10080, not"
                        + " '0'. Nothing was sent.");
    }

    @Test
    void aScriptCanTellARefusal() throws Exception {
        String log = Scripts.succeed(
                jenkins,
                "import io.jenkins.plugins.metakraftwerk.pipeline.MetaKraftwerkStepException\n"
                        + "try { " + Scripts.DEPLOY + ", server: '' } catch (MetaKraftwerkStepException e) {"
                        + " echo \"refused: $e.outcomeUnknown $e.status\" }");
        assertThat(log).contains("refused: false null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", DECLARATIVE})
    void textsThatAreOneAreTaken(String script) throws Exception {
        server.addBuildDeployment(5139, 11, 21, null, null);
        String step = Scripts.DEPLOY
                + ", skipIfDeployed: 'true', waitForBuild: 'TRUE', sendAfterUnknown: ' false ', waitMinutes: '5'";
        assertThat(Scripts.succeed(jenkins, script.formatted(step))).contains("Nothing sent");
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"skipIfDeployed: true, waitMinutes: 5L", "waitForBuild: true, waitMinutes: 10080"})
    void numbersAndFlagsAreTaken(String arguments) throws Exception {
        Scripts.succeed(jenkins, Scripts.DEPLOY + ", " + arguments);
        Scripts.succeed(jenkins, DECLARATIVE.formatted(Scripts.DEPLOY + ", " + arguments));
    }

    @Test
    void parametersOfAJobAreTexts() throws Exception {
        WorkflowJob job = Scripts.job(
                jenkins,
                Scripts.DEPLOY + ", waitForBuild: params.WAIT, waitMinutes: params.MINUTES, agent: params.AGENT");
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("WAIT"),
                new StringParameterDefinition("MINUTES"),
                new StringParameterDefinition("AGENT")));
        jenkins.assertBuildStatusSuccess(job.scheduleBuild2(
                0,
                new ParametersAction(
                        new StringParameterValue("WAIT", "true"),
                        new StringParameterValue("MINUTES", "10"),
                        new StringParameterValue("AGENT", ""))));
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS))
                .singleElement()
                .satisfies(request -> assertThat(request.json().has("agent")).isFalse());
    }

    @Test
    void emptyAgentsAndFiltersStillMeanTheDefault() throws Exception {
        Scripts.succeed(jenkins, Scripts.DEPLOY + ", agent: '', agentId: null, agentGroup: params.GROUP");
        Scripts.succeed(jenkins, "mkFindDeployments buildId: null, pattern: ''");
        assertThat(server.deployments())
                .singleElement()
                .satisfies(record ->
                        assertThat(record.get("build_id").asLong()).isEqualTo(StandInDefaults.FINISHED_BUILD));
    }
}
