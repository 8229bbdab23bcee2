package io.jenkins.plugins.metakraftwerk.builds;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.net.URL;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** The parameter in the step {@code input}: the same field, the same checks, and a list for those who may answer. */
class BuildInputTest {

    private static final String ASK = "def id = input id: 'Promote', message: 'Which build?', submitter: 'boss', "
            + "parameters: [metaKraftwerkBuild(name: 'MK_BUILD', pattern: 'CORE_DV_HLS')]\necho \"chosen: $id\"";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @AfterEach
    void everybodyMayEverything() {
        jenkins.jenkins.disableSecurity();
    }

    private WorkflowRun waiting(String script, int inputs) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        TestWaits.until("what is asked for", () -> asked(run) == inputs);
        return run;
    }

    private static int asked(WorkflowRun run) {
        try {
            InputAction action = run.getAction(InputAction.class);
            return action == null ? 0 : action.getExecutions().size();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private WebCall list(WorkflowRun run, String input) {
        return WebCall.create(jenkins, run.getParent().getUrl(), BuildParameterDefinition.class, "fillValueItems")
                .with("name", "MK_BUILD")
                .with("run", String.valueOf(run.getNumber()))
                .with("input", input);
    }

    private static List<String> listUrls(HtmlPage page) {
        return page.querySelectorAll(".metakraftwerk-list").stream()
                .map(box -> box.getAttributes().getNamedItem("data-url").getNodeValue())
                .toList();
    }

    @Test
    void theListIsForThoseWhoMayAnswer() throws Exception {
        WorkflowRun run = waiting(ASK, 1);
        Setup.secure(jenkins)
                .let("reader boss builder", Jenkins.READ)
                .let("boss builder", Item.READ)
                .let("builder", Item.BUILD, Item.CONFIGURE);
        assertThat(list(run, "Promote").as("reader").send().getStatusCode()).isEqualTo(404);
        assertThat(list(run, "Promote").as("builder").failure()).contains("who may answer this input");
        assertThat(list(run, "Gone").as("boss").failure()).contains("no longer has such a parameter");
        assertThat(server.requests()).isEmpty();
        assertThat(list(run, "Promote").as("boss").entries()).containsOnlyKeys("5139");
        assertThat(server.requests("GET", "/api/v1/builds"))
                .singleElement()
                .satisfies(request -> assertThat(request.query()).containsEntry("pattern", "CORE_DV_HLS"));
        stop(run);
    }

    @Test
    void eachFieldAsksForItsOwnInput() throws Exception {
        WorkflowRun run = waiting("""
                parallel a: { input id: 'A', message: 'a', parameters: [metaKraftwerkBuild(name: 'MK_BUILD')] },
                         b: { input id: 'B', message: 'b', parameters: [metaKraftwerkBuild(name: 'MK_BUILD')] }
                """, 2);
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            assertThat(listUrls(browser.getPage(run, "input")))
                    .hasSize(2)
                    .allMatch(url -> url.contains("/fillValueItems?name=MK_BUILD&run=1&input="))
                    .extracting(url -> url.substring(url.length() - 1))
                    .containsExactlyInAnyOrder("A", "B");
        }
        stop(run);
    }

    @Test
    void theAnswerIsCheckedAndIsAText() throws Exception {
        WorkflowRun run = waiting(ASK.replace("submitter: 'boss', ", ""), 1);
        assertThat(answer(run, "abc").getContentAsString())
                .contains("MK_BUILD must be the id of a MetaKraftwerk build");
        assertThat(answer(run, " ").getContentAsString()).contains("Choose a build");
        assertThat(run.isBuilding()).isTrue();
        assertThat(answer(run, "5139").getStatusCode()).isEqualTo(200);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("chosen: 5139", run);
    }

    /** Its value is no variable, and an input that nobody can answer would help nobody. */
    @Test
    void whatIsAskedForMayBeCalledAsWhatJenkinsSets() throws Exception {
        WorkflowRun run = waiting(ASK.replace("submitter: 'boss', ", "").replace("MK_BUILD", "BUILD_ID"), 1);
        assertThat(answer(run, "abc").getContentAsString()).contains("BUILD_ID must be the id");
        assertThat(answer(run, "5139").getStatusCode()).isEqualTo(200);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("chosen: 5139", run);
    }

    private void stop(WorkflowRun run) throws Exception {
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    /** As somebody does whose browser has not judged the value. */
    private WebResponse answer(WorkflowRun run, String value) throws Exception {
        String name = run.getAction(InputAction.class)
                .getExecutions()
                .get(0)
                .getInput()
                .getParameters()
                .get(0)
                .getName();
        JSONObject given = new JSONObject().element("name", name).element("value", value);
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
            URL url = new URL(jenkins.getURL(), run.getUrl() + "input/Promote/submit");
            WebRequest request = new WebRequest(url, HttpMethod.POST);
            browser.addCrumb(request);
            request.getRequestParameters().add(new NameValuePair("proceed", ""));
            request.getRequestParameters()
                    .add(new NameValuePair(
                            "json", new JSONObject().element("parameter", given).toString()));
            return browser.loadWebResponse(request);
        }
    }
}
