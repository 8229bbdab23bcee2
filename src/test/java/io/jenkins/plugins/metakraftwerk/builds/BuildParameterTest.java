package io.jenkins.plugins.metakraftwerk.builds;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.model.BooleanParameterValue;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.metakraftwerk.fixture.Pages;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.net.URL;
import java.util.List;
import java.util.logging.Level;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;

/** However a job is started: it gets the id of a build, or none where none is given, and else it does not start. */
class BuildParameterTest {

    private static final String NAME = "MK_BUILD";
    private static final String NO_ID_BUT =
            "MK_BUILD must be the id of a MetaKraftwerk build, a positive whole number, not '";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();
    private final BuildParameterDefinition parameter = new BuildParameterDefinition(NAME);

    private FreeStyleProject job;

    @BeforeEach
    void createJob() throws Exception {
        job = jenkins.createFreeStyleProject();
        job.setQuietPeriod(0);
        job.addProperty(new ParametersDefinitionProperty(parameter));
    }

    private WebResponse post(String path, String... parameters) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            client.getOptions().setRedirectEnabled(false);
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), job.getUrl() + path), HttpMethod.POST);
            client.addCrumb(request);
            for (int i = 0; i < parameters.length; i += 2) {
                request.getRequestParameters().add(new NameValuePair(parameters[i], parameters[i + 1]));
            }
            return client.loadWebResponse(request);
        }
    }

    /** As a form of Jenkins, whatever is in it. */
    private WebResponse submit(Object value) throws Exception {
        JSONObject field = new JSONObject();
        field.put("name", NAME);
        field.put("value", value);
        JSONObject form = new JSONObject();
        form.put("parameter", field);
        return post("build?delay=0sec", "json", form.toString());
    }

    private FreeStyleBuild onlyBuild() throws Exception {
        jenkins.waitUntilNoActivity();
        assertThat(job.getBuilds()).hasSize(1);
        return job.getLastBuild();
    }

    private static String chosen(FreeStyleBuild build) {
        ParametersAction parameters = build.getAction(ParametersAction.class);
        ParameterValue value = parameters == null ? null : parameters.getParameter(NAME);
        return value == null ? null : (String) value.getValue();
    }

    private void assertNothingStarts() throws Exception {
        assertThat(Queue.getInstance().getItems()).isEmpty();
        assertThat(job.getBuilds()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "abc, must be the id",
        "-1, must be the id",
        "0, must be the id",
        "5139.0, must be the id",
        "99999999999999999999, must be the id",
        "'', Choose a build",
        "' ', Choose a build"
    })
    void whatIsNoIdStartsNothing(String given, String reason) throws Exception {
        for (WebResponse answer : List.of(submit(given), post("buildWithParameters", NAME, given))) {
            assertThat(answer.getStatusCode()).isEqualTo(400);
            assertThat(answer.getContentAsString()).contains(reason);
        }
        var result =
                new CLICommandInvoker(jenkins, "build").invokeWithArgs(job.getFullName(), "-p", NAME + "=" + given);
        assertThat(result.returnCode()).isEqualTo(5);
        assertThat(result.stderr()).contains(reason).doesNotContain("\tat ");
        assertNothingStarts();
    }

    @Test
    void anObjectInTheFormIsNoId() throws Exception {
        for (Object given :
                List.of(JSONObject.fromObject("{\"$class\": \"java.lang.String\"}"), List.of("5139"), true)) {
            assertThat(submit(given).getContentAsString()).contains("Choose a build");
        }
        assertNothingStarts();
    }

    @Test
    void theFormGivesAnIdAndThePageOfTheBuildCallsItAsTheListDid() throws Exception {
        server.changeBuild(5139, "name", "<nightly>");
        WebCall.create(jenkins, job.getUrl(), BuildParameterDefinition.class, "fillValueItems")
                .with("name", NAME)
                .entries();
        server.close();
        int requests = server.requests().size();
        assertThat(submit(" 05139 ").getStatusCode()).isEqualTo(201);
        assertThat(chosen(onlyBuild())).isEqualTo("5139");
        job.doReload();
        String page = jenkins.createWebClient()
                .getPage(job.getLastBuild(), "parameters")
                .getWebResponse()
                .getContentAsString();
        assertThat(page).contains("5139 · &lt;nightly").contains("CORE_DV_HLS, CORE_DV_HUB");
        assertThat(server.requests()).hasSize(requests);
    }

    @Test
    void thePageOfTheBuildShowsTheIdWhereNoListIsAtHand() throws Exception {
        assertThat(submit(5139).getStatusCode()).isEqualTo(201);
        assertThat(jenkins.createWebClient().getPage(onlyBuild(), "parameters").asNormalizedText())
                .contains("5139");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void thePageThatAsksKeepsTheDefaultAndSaysWhyThereIsNoList() throws Exception {
        parameter.setDefaultValue("4711");
        parameter.setServer("gone");
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
            HtmlPage page = browser.getPage(job, "build?delay=0sec");
            Pages.until(
                    browser,
                    "the reason beside the field",
                    () -> page.asNormalizedText().contains("There is no MetaKraftwerk server called 'gone'"));
            HtmlForm form = page.getFormByName("parameters");
            assertThat(form.getInputByName("value").getValue()).isEqualTo("4711");
            jenkins.submit(form);
        }
        assertThat(chosen(onlyBuild())).isEqualTo("4711");
    }

    @Test
    void withoutAValueAndADefaultTheParameterIsAbsent() throws Exception {
        assertThat(post("buildWithParameters").getStatusCode()).isEqualTo(201);
        assertThat(chosen(onlyBuild())).isNull();
        assertThat(jenkins.buildAndAssertSuccess(job)
                        .getAction(ParametersAction.class)
                        .getParameters())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4711, 4711", "' 04711 ', 4711", "abc, "})
    void theDefaultCountsWhereItIsAnId(String given, String expected) throws Exception {
        parameter.setDefaultValue(given);
        assertThat(chosen(jenkins.buildAndAssertSuccess(job))).isEqualTo(expected);
    }

    @Test
    void theDefaultIsCheckedWhileItIsTyped() throws Exception {
        assertThat(check("abc")).contains("Any other text counts as empty");
        assertThat(check("5139")).doesNotContain("error");
        assertThat(check("")).doesNotContain("error");
    }

    private String check(String value) throws Exception {
        return WebCall.create(jenkins, job.getUrl(), BuildParameterDefinition.class, "checkDefaultValue")
                .with("value", value)
                .text();
    }

    @Test
    void callsAndTheCommandLineGiveAnId() throws Exception {
        assertThat(post("buildWithParameters", NAME, "5139").getStatusCode()).isEqualTo(201);
        jenkins.waitUntilNoActivity();
        var result =
                new CLICommandInvoker(jenkins, "build").invokeWithArgs(job.getFullName(), "-s", "-p", NAME + "=5140");
        assertThat(result.returnCode()).isZero();
        assertThat(job.getBuilds()).extracting(BuildParameterTest::chosen).containsExactly("5140", "5139");
    }

    @Test
    void theStepBuildAsksWhetherAValueIsValid() {
        assertThat(parameter.isValid(new BuildParameterValue(NAME, "5139"))).isTrue();
        assertThat(parameter.isValid(new StringParameterValue(NAME, " 5139 "))).isTrue();
        assertThat(parameter.isValid(new StringParameterValue(NAME, "abc"))).isFalse();
        assertThat(parameter.isValid(new StringParameterValue(NAME, ""))).isFalse();
        assertThat(parameter.isValid(new BooleanParameterValue(NAME, true))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "-1", "51\u200b39"})
    void whatIsNoIdIsNotValidAndStartsNothingWhereNobodyAsks(String given) throws Exception {
        BuildParameterValue value = new BuildParameterValue(NAME, given);
        assertThat(parameter.isValid(value)).isFalse();
        assertThat(value.toString())
                .isEqualTo(
                        given.isEmpty()
                                ? "Choose a build: MK_BUILD is empty."
                                : NO_ID_BUT + given.replace("\u200b", "") + "'.");
        try (LogRecorder log = new LogRecorder()
                .record(BuildIdDecisionHandler.class, Level.ALL)
                .capture(10)) {
            assertThat(job.scheduleBuild2(0, new ParametersAction(value))).isNull();
            assertThat(log.getMessages()).containsExactly("Did not start " + job.getFullDisplayName() + ": " + value);
        }
        assertNothingStarts();
    }

    @Test
    void aCopyWithAnotherDefaultKeepsTheRest() {
        parameter.setPattern("P");
        parameter.setAlsoRunning(true);
        parameter.setDescription("d");
        var copy = (BuildParameterDefinition) parameter.copyWithDefaultValue(new BuildParameterValue(NAME, "7"));
        assertThat(copy.getDefaultValue()).isEqualTo("7");
        copy.setDefaultValue(null);
        assertThat(copy).isEqualTo(parameter);
    }

    @Test
    void aBuildStepTakesTheChosenBuild() throws Exception {
        DeployBuilder step = new DeployBuilder("${MK_BUILD}");
        step.setPattern("CORE_DV_HLS");
        step.setDeployment("DEPLOY_TO_DEV");
        job.getBuildersList().add(step);
        submit("5139");
        jenkins.assertBuildStatusSuccess(onlyBuild());
        assertThat(server.deployments())
                .singleElement()
                .satisfies(record -> assertThat(record.get("build_id").asLong()).isEqualTo(5139));
    }

    @Test
    void everyFieldSurvivesTheFormOfTheJob() throws Exception {
        parameter.setDescription("The build <b>that</b> goes");
        parameter.setPattern("GONE");
        parameter.setProject("Sales");
        parameter.setServer("stand-in");
        parameter.setCredentialsId("mk-account");
        parameter.setDefaultValue("5139");
        parameter.setAlsoRunning(true);
        assertThat(afterTheForm(parameter)).isEqualTo(parameter);
        BuildParameterDefinition bare = new BuildParameterDefinition("BARE");
        assertThat(afterTheForm(bare)).isEqualTo(bare);
        assertThat(job.getConfigFile().asString()).doesNotContain("<pattern", "<server", "<credentialsId", "<default");
    }

    private BuildParameterDefinition afterTheForm(BuildParameterDefinition before) throws Exception {
        job.removeProperty(ParametersDefinitionProperty.class);
        job.addProperty(new ParametersDefinitionProperty(before));
        jenkins.configRoundtrip((Job<?, ?>) job);
        return (BuildParameterDefinition) job.getProperty(ParametersDefinitionProperty.class)
                .getParameterDefinitions()
                .get(0);
    }
}
