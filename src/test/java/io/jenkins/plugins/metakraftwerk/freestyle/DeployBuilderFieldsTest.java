package io.jenkins.plugins.metakraftwerk.freestyle;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.AGENT_GROUP;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParameterDefinition;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.form.FieldLabels;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** What becomes of the fields of the build step when a freestyle job runs. */
class DeployBuilderFieldsTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    private FreeStyleProject job;
    private DeployBuilder step;

    @BeforeEach
    void createJob() throws Exception {
        job = jenkins.createFreeStyleProject();
        step = new DeployBuilder("5139");
        step.setPattern(PATTERN);
        step.setDeployment(DEV);
        job.getBuildersList().add(step);
    }

    private FreeStyleBuild run(Result expected, StringParameterValue... parameters) throws Exception {
        if (parameters.length > 0) {
            job.addProperty(new ParametersDefinitionProperty(Stream.of(parameters)
                    .map(parameter -> (ParameterDefinition) new StringParameterDefinition(parameter.getName()))
                    .toList()));
        }
        FreeStyleBuild build =
                job.scheduleBuild2(0, new ParametersAction(parameters)).get();
        return jenkins.assertBuildStatus(expected, build);
    }

    private JsonNode sent() {
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
        return server.requests("POST", BUILD_DEPLOYMENTS).get(0).json();
    }

    private static void failsPlainly(FreeStyleBuild build, String... words) throws Exception {
        assertThat(JenkinsRule.getLog(build)).contains(words).doesNotContain("\tat ", "Exception");
    }

    /** A field, the way to set it, and a value that works. */
    private static Stream<Arguments> fields() {
        return Stream.<Map.Entry<String, BiConsumer<DeployBuilder, String>>>of(
                        Map.entry("pattern=" + PATTERN, DeployBuilder::setPattern),
                        Map.entry("patternId=11", DeployBuilder::setPatternId),
                        Map.entry("deployment=" + DEV, DeployBuilder::setDeployment),
                        Map.entry("deploymentId=21", DeployBuilder::setDeploymentId),
                        Map.entry("agent=" + StandInDefaults.AGENT, DeployBuilder::setAgent),
                        Map.entry("agentId=51", DeployBuilder::setAgentId),
                        Map.entry("agentGroup=" + AGENT_GROUP, DeployBuilder::setAgentGroup),
                        Map.entry("agentGroupId=41", DeployBuilder::setAgentGroupId),
                        Map.entry("server=" + Setup.SERVER, DeployBuilder::setServer),
                        Map.entry("credentialsId=chosen", DeployBuilder::setCredentialsId))
                .map(field -> Arguments.of(
                        field.getKey().split("=")[0], field.getKey().split("=")[1], field.getValue()));
    }

    private void set(String field, BiConsumer<DeployBuilder, String> setter, String value) {
        if (field.startsWith("pattern")) {
            step.setPattern(null);
        } else if (field.startsWith("deployment")) {
            step.setDeployment(null);
        }
        setter.accept(step, value);
    }

    private static List<Arguments> fieldsWithVariables() {
        return fields().flatMap(field -> Stream.of("${VAR}", "$VAR")
                        .map(variable -> Arguments.of(field.get()[0], field.get()[1], field.get()[2], variable)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("fieldsWithVariables")
    void variablesAreExpandedInEveryField(
            String field, String value, BiConsumer<DeployBuilder, String> setter, String variable) throws Exception {
        Setup.systemCredential(Setup.secretText("chosen", server.token()));
        int half = value.length() / 2;
        set(field, setter, value.substring(0, half) + variable);
        run(Result.SUCCESS, new StringParameterValue("VAR", value.substring(half)));
        assertThat(server.deployments()).hasSize(1);
        String name = field.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        if (!name.equals("server") && !name.equals("credentials_id")) {
            assertThat(sent().get(name).asText()).isEqualTo(value);
        }
    }

    @Test
    void variablesAreExpandedInTheBuildId() throws Exception {
        job.getBuildersList().replaceBy(List.of(step = new DeployBuilder("5${MIDDLE}$LAST")));
        step.setPattern(PATTERN);
        step.setDeployment(DEV);
        run(Result.SUCCESS, new StringParameterValue("MIDDLE", "13"), new StringParameterValue("LAST", "9"));
        assertThat(sent().get("build_id").asLong()).isEqualTo(5139);
    }

    @ParameterizedTest
    @MethodSource("fieldsWithVariables")
    void anUnknownVariableIsRefusedInEveryField(
            String field, String value, BiConsumer<DeployBuilder, String> setter, String variable) throws Exception {
        set(field, setter, value + variable);
        failsPlainly(
                run(Result.FAILURE),
                FieldLabels.forField(field) + " is '" + value + variable
                        + "', and a variable in it is not known to this build: VAR.",
                "Nothing was sent. Define the variable, or write $$ if the $ is part of a name.");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "a${B-C}", "${}", "$1"})
    void whatOnlyLooksLikeAVariableIsUnknownToo(String text) throws Exception {
        step.setPattern(text);
        failsPlainly(run(Result.FAILURE), "Pattern is '" + text + "', and a variable in it is not known");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void twoDollarsAreOne() throws Exception {
        server.addPattern(71, "V$SESSION", null, null, true, false, false);
        server.addDeployment(72, 71, "TO_${ENV}$");
        step.setPattern("V$$SESSION");
        step.setDeployment("TO_$${ENV}$");
        run(Result.SUCCESS, new StringParameterValue("SESSION", "wrong"), new StringParameterValue("ENV", "wrong"));
        assertThat(sent().get("pattern").asText()).isEqualTo("V$SESSION");
        assertThat(sent().get("deployment").asText()).isEqualTo("TO_${ENV}$");
    }

    @Test
    void aDollarInAValueIsOne() throws Exception {
        server.addPattern(71, "V$SESSION", null, null, true, false, false);
        server.addDeployment(72, 71, DEV);
        step.setPattern("$GIVEN");
        run(Result.SUCCESS, new StringParameterValue("GIVEN", "V$SESSION"));
        assertThat(sent().get("pattern").asText()).isEqualTo("V$SESSION");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${OTHER}", "x${OTHER"})
    void aValueThatItselfContainsAVariableIsRefused(String value) throws Exception {
        step.setPattern("a${GIVEN}");
        failsPlainly(
                run(Result.FAILURE, new StringParameterValue("GIVEN", value)),
                "Pattern is 'a${GIVEN}', and the value of GIVEN itself contains a variable. Nothing was sent.");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"server, ''", "server, ' '", "credentialsId, ''", "credentialsId, ' '"})
    void anEmptyVariableIsNoServerAndNoCredential(String field, String value) throws Exception {
        set(field, field.equals("server") ? DeployBuilder::setServer : DeployBuilder::setCredentialsId, "${VAR}");
        failsPlainly(
                run(Result.FAILURE, new StringParameterValue("VAR", value)),
                FieldLabels.forField(field) + " is '${VAR}', which is empty in this build. Nothing was sent.");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "agentId", "agentGroup", "agentGroupId"})
    void anEmptyVariableForAnAgentIsSaidAndTheDefaultTaken(String field) throws Exception {
        BiConsumer<DeployBuilder, String> setter =
                switch (field) {
                    case "agent" -> DeployBuilder::setAgent;
                    case "agentId" -> DeployBuilder::setAgentId;
                    case "agentGroup" -> DeployBuilder::setAgentGroup;
                    default -> DeployBuilder::setAgentGroupId;
                };
        setter.accept(step, "$VAR");
        FreeStyleBuild build = run(Result.SUCCESS, new StringParameterValue("VAR", ""));
        assertThat(JenkinsRule.getLog(build))
                .contains("[MetaKraftwerk] " + FieldLabels.forField(field)
                        + " is '$VAR', which is empty in this build, so it counts as not given.");
        assertThat(sent().fieldNames()).toIterable().containsExactly("build_id", "pattern", "deployment");
    }

    @Test
    void anEmptyVariableForWhatIsRequiredIsRefused() throws Exception {
        job.getBuildersList().replaceBy(List.of(step = new DeployBuilder("${BUILD}")));
        step.setPattern("${PATTERN}");
        step.setDeployment(DEV);
        failsPlainly(
                run(Result.FAILURE, new StringParameterValue("BUILD", ""), new StringParameterValue("PATTERN", "")),
                "Build id is missing. Give either Pattern or Pattern id. Nothing was sent.");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void fieldsThatContradictEachOtherAreRefused() throws Exception {
        step.setPatternId("11");
        step.setAgent("a");
        step.setAgentGroupId("1");
        failsPlainly(
                run(Result.FAILURE),
                "Give only one of Pattern and Pattern id.",
                "Give at most one agent or agent group (given: Agent, Agent group id).",
                "Nothing was sent.");
        assertThat(server.requests()).isEmpty();
    }
}
