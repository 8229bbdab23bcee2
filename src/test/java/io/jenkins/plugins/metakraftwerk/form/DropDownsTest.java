package io.jenkins.plugins.metakraftwerk.form;

import static io.jenkins.plugins.metakraftwerk.fixture.Setup.TOKEN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.AGENT_GROUP;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.HARD_DEPLOYMENT;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.HARD_PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.OTHER_AGENT_GROUP;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.OTHER_PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PROD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.TEST;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.BooleanParameterDefinition;
import hudson.model.ChoiceParameterDefinition;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.PasswordParameterDefinition;
import hudson.model.StringParameterDefinition;
import hudson.util.Secret;
import io.jenkins.plugins.metakraftwerk.builds.BuildParameterDefinition;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lists of all forms offer, asked for as the forms ask. */
class DropDownsTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static FreeStyleProject freestyle;
    private static WorkflowJob pipeline;

    private final StandInServer server = SHARED.server();

    @BeforeAll
    static void createJobs() throws Exception {
        freestyle = SHARED.jenkins().createFreeStyleProject("freestyle");
        pipeline = SHARED.jenkins().createProject(WorkflowJob.class, "pipeline");
    }

    @BeforeEach
    void twoServers() throws Exception {
        Setup.servers(
                Setup.server("main", server.url(), TOKEN_ID), Setup.server("spare", "https://spare.example", null));
        freestyle.removeProperty(ParametersDefinitionProperty.class);
    }

    /** A form with the item in which it is shown. */
    record Form(Item item, Class<?> describable) {}

    private static Stream<Form> forms() {
        return Stream.of(
                new Form(freestyle, StepForm.InJob.class),
                new Form(pipeline, StepForm.InScript.class),
                new Form(freestyle, StepForm.InScript.class));
    }

    private static WebCall fill(Form form, String field) {
        return WebCall.create(SHARED.jenkins(), form.item().getUrl(), form.describable(), "fill" + field + "Items");
    }

    private static WebCall freestyle(String field) {
        return fill(new Form(freestyle, StepForm.InJob.class), field);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void patternsAreShownWithTypeAndVersionAndOnlyUsableOnes(Form form) throws Exception {
        assertThat(fill(form, "Pattern").entries())
                .containsExactly(
                        Map.entry(PATTERN, PATTERN + " (SNOWFLAKE, 1.4)"),
                        Map.entry(OTHER_PATTERN, OTHER_PATTERN + " (SNOWFLAKE, 2.0)"),
                        Map.entry(HARD_PATTERN, HARD_PATTERN + " (IICS, 0.9-β)"));
    }

    @Test
    void aPatternWithoutTypeOrVersionIsShownByWhatThereIs() throws Exception {
        server.addPattern(71, "BARE", null, null, true, false, false);
        server.addPattern(72, "HALF", null, "7", true, false, false);
        assertThat(freestyle("Pattern").entries()).containsEntry("BARE", "BARE").containsEntry("HALF", "HALF (7)");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void deploymentsAreThoseOfThePatternByName(Form form) throws Exception {
        assertThat(fill(form, "Deployment").with("pattern", PATTERN).entries()).containsOnlyKeys(DEV, PROD, TEST);
        assertThat(server.requests().get(0).rawQuery()).isEqualTo("pattern=" + PATTERN);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void deploymentsAreThoseOfThePatternById(Form form) throws Exception {
        assertThat(fill(form, "Deployment").with("patternId", "12").entries()).containsOnlyKeys(DEV, "HUB_TO_GIT");
        assertThat(server.requests().get(0).rawQuery()).isEqualTo("pattern_id=12");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', Choose a pattern first",
        "'', x12, Choose a pattern first",
        "'', 99999999999999999999, Choose a pattern first",
        "${P}, '', The pattern is a variable",
        "$P, '', The pattern is a variable",
        "'', $P, The pattern is a variable"
    })
    void withoutAPatternItSaysWhyThereIsNothingToChooseFrom(String pattern, String patternId, String reason)
            throws Exception {
        assertThat(freestyle("Deployment")
                        .with("pattern", pattern)
                        .with("patternId", patternId)
                        .failure())
                .contains(reason);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void agentGroups() throws Exception {
        assertThat(freestyle("AgentGroup").entries()).containsOnlyKeys(AGENT_GROUP, OTHER_AGENT_GROUP);
    }

    @Test
    void agentsThatAreOfflineAreMarkedSo() throws Exception {
        server.addAgent(81, "idle", false, null);
        assertThat(freestyle("Agent").entries()).containsEntry("idle", "idle (offline)");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void buildsAreThoseThatHaveFinishedAndContainThePattern(Form form) throws Exception {
        server.addBuild(5200, "FINISHED", 100, null);
        server.changeBuild(5200, "patterns", List.of(12));
        assertThat(fill(form, "BuildId").entries()).containsOnlyKeys("5200", "5139");
        assertThat(fill(form, "BuildId").with("pattern", PATTERN).entries()).containsOnlyKeys("5139");
        assertThat(fill(form, "BuildId").with("patternId", "12").entries()).containsOnlyKeys("5200", "5139");
        assertThat(fill(form, "BuildId").with("pattern", "${P}").entries()).containsOnlyKeys("5200", "5139");
        assertThat(fill(form, "BuildId").with("search", "520").entries()).containsOnlyKeys("5200");
        assertThat(fill(form, "BuildId").with("waitForBuild", "true").entries())
                .containsOnlyKeys("5200", "5140", "5139");
        assertThat(fill(form, "BuildId").with("server", "spare").failure()).contains("no credential");
        assertThat(fill(form, "BuildId").with("pattern", "a\nb").failure()).contains("control characters");
    }

    @Test
    void theParametersThatChooseABuildComeFirst() throws Exception {
        freestyle.addProperty(new ParametersDefinitionProperty(
                new BuildParameterDefinition("MK_BUILD"), new StringParameterDefinition("OLD_ID", "x")));
        assertThat(freestyle("BuildId").entries().keySet()).containsExactly("${MK_BUILD}", "${OLD_ID}", "5139");
        assertThat(freestyle("Pattern").entries()).doesNotContainKey("${MK_BUILD}");
        assertThat(fill(new Form(freestyle, StepForm.InScript.class), "BuildId").entries())
                .containsOnlyKeys("5139");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void serversAreTheConfiguredOnes(Form form) throws Exception {
        assertThat(fill(form, "Server").entries())
                .containsExactly(Map.entry("main", "main"), Map.entry("spare", "spare"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Server", "CredentialsId", "Pattern", "Deployment", "AgentGroup", "Agent", "BuildId"})
    void noListDependsOnItself(String field) {
        String own = Character.toLowerCase(field.charAt(0)) + field.substring(1);
        assertThat(StepForm.Fields.class.getMethods())
                .filteredOn(method -> method.getName().equals("doFill" + field + "Items"))
                .singleElement()
                .satisfies(method -> assertThat(method.getParameters())
                        .extracting(Parameter::getName)
                        .doesNotContain(own));
    }

    @Test
    void parametersOfAFreestyleJobComeLast() throws Exception {
        freestyle.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("TARGET", "x"),
                new BooleanParameterDefinition("FLAG", true, ""),
                new ChoiceParameterDefinition("STAGE", new String[] {"a", "b"}, ""),
                new PasswordParameterDefinition("SECRET", Secret.fromString("s"), "")));
        Map<String, String> own =
                Map.of("${TARGET}", "${TARGET} (build parameter)", "${STAGE}", "${STAGE} (build parameter)");
        for (WebCall call : new WebCall[] {
            freestyle("Pattern"), freestyle("Deployment").with("pattern", PATTERN), freestyle("AgentGroup")
        }) {
            Map<String, String> entries = call.entries();
            assertThat(entries).containsAllEntriesOf(own).doesNotContainKeys("${FLAG}", "${SECRET}");
            assertThat(entries.keySet()).endsWith("${TARGET}", "${STAGE}");
        }
    }

    @Test
    void pipelinesGetNoParametersSinceGroovyHasThem() throws Exception {
        pipeline.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("TARGET", "x")));
        assertThat(fill(new Form(pipeline, StepForm.InScript.class), "Pattern").entries())
                .doesNotContainKey("${TARGET}");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void hardNamesSurvive(Form form) throws Exception {
        assertThat(fill(form, "Pattern").entries()).containsEntry(HARD_PATTERN, HARD_PATTERN + " (IICS, 0.9-β)");
        assertThat(fill(form, "Deployment").with("pattern", HARD_PATTERN).entries())
                .containsOnlyKeys(HARD_DEPLOYMENT);
        assertThat(server.requests("GET", "/api/v1/deployments"))
                .singleElement()
                .satisfies(request -> assertThat(request.query()).containsEntry("pattern", HARD_PATTERN));
    }

    @Test
    void allPagesAreRead() throws Exception {
        server.pageSize(2);
        assertThat(freestyle("Pattern").entries()).hasSize(3);
        assertThat(server.requests())
                .as("five pages of six patterns, which overlap by one, and the first page once more")
                .hasSize(6);
    }

    @Test
    void theSnippetGeneratorAtTheRootServesAdministrators() throws Exception {
        Jenkins jenkins = SHARED.jenkins().jenkins;
        jenkins.setSecurityRealm(SHARED.jenkins().createDummySecurityRealm());
        try {
            assertThat(WebCall.create(SHARED.jenkins(), "", StepForm.InScript.class, "fillPatternItems")
                            .entries())
                    .containsKey(PATTERN);
        } finally {
            jenkins.disableSecurity();
        }
    }
}
