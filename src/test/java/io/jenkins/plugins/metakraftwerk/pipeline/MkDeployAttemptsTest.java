package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.run.AttemptInBuild;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import net.sf.json.JSONArray;
import net.sf.json.JSONNull;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** Attempts without a record are on the page of their build, and give way to a record that is found later. */
class MkDeployAttemptsTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @Test
    void aFailureIsShownWithItsReason() throws Exception {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.error(403, "You may not"));
        WorkflowRun run =
                jenkins.buildAndAssertStatus(Result.FAILURE, Scripts.job(jenkins, Scripts.DEPLOY + ", agentId: 51"));

        AttemptInBuild shown = Scripts.onlyAttempt(run);
        assertThat(shown.getOutcome()).isEqualTo("FAILED");
        assertThat(shown.getReason()).contains("You may not");
        assertThat(page(run.getUrl())).contains("Build 5139: CORE_DV_HLS → DEPLOY_TO_DEV (failed)");
        assertThat(page(run.getUrl() + "metakraftwerk/")).contains("failed", "You may not", "agent #51");
        JSONObject told = told(run);
        assertThat(told.getString("outcome")).isEqualTo("FAILED");
        assertThat(told.get("id")).isEqualTo(JSONNull.getInstance());
        assertThat(told.getString("serverUrl")).isEqualTo(server.url());
    }

    @Test
    void whatCouldNotBeginIsShownToo() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.FAILURE, Scripts.job(jenkins, Scripts.DEPLOY + ", credentialsId: 'gone'"));

        assertThat(Scripts.onlyAttempt(run).getReason())
                .contains("no usable credential with the id 'gone'")
                .endsWith("Nothing was sent.");
    }

    @Test
    void aRecordThatAnotherBuildFindsTakesThePlaceOfTheUnknownOne() throws Exception {
        WorkflowJob job = Scripts.job(jenkins, Scripts.DEPLOY_AND_TELL);
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.dropAfter());
        server.fault(
                request -> request.is("GET", BUILD_DEPLOYMENTS)
                        && !server.requests("POST", BUILD_DEPLOYMENTS).isEmpty(),
                1,
                Fault.error(403, "Not now"));
        WorkflowRun first = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(Scripts.onlyAttempt(first).getOutcome()).isEqualTo("UNKNOWN");

        WorkflowRun second = jenkins.buildAndAssertSuccess(job);

        assertThat(JenkinsRule.getLog(second)).contains("is 1 true");
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
        TestWaits.until(
                "the record on the page of the first",
                () -> "ADOPTED".equals(Scripts.onlyAttempt(first).getOutcome()));
        assertThat(Scripts.onlyAttempt(first).getId()).isEqualTo(1);
        assertThat(Scripts.onlyAttempt(first).getReason()).isNull();
    }

    @Test
    void aSecondStepOfTheSameBuildFindsWhatTheFirstLost() throws Exception {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.dropAfter());
        server.fault(
                request -> request.is("GET", BUILD_DEPLOYMENTS)
                        && !server.requests("POST", BUILD_DEPLOYMENTS).isEmpty(),
                1,
                Fault.error(403, "Not now"));
        WorkflowRun run = jenkins.buildAndAssertSuccess(Scripts.job(jenkins, "retry(2) { " + Scripts.DEPLOY + " }"));

        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(1);
        List<AttemptInBuild> shown = Scripts.attempts(run);
        assertThat(shown).hasSize(2).allMatch(attempt -> "ADOPTED".equals(attempt.getOutcome()));
    }

    /** The only attempt in the remote API. */
    private JSONObject told(WorkflowRun run) throws Exception {
        JSONArray actions =
                jenkins.getJSON(run.getUrl() + "api/json").getJSONObject().getJSONArray("actions");
        return actions.stream()
                .map(JSONObject.class::cast)
                .filter(action -> action.has("deployments"))
                .findFirst()
                .orElseThrow()
                .getJSONArray("deployments")
                .getJSONObject(0);
    }

    private String page(String url) throws Exception {
        return jenkins.createWebClient().goTo(url).getBody().getTextContent().replaceAll("\\s+", " ");
    }
}
