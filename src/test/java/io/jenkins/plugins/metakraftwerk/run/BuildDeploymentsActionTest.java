package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.User;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.time.Instant;
import java.util.Map;
import jenkins.model.experimentalflags.UserExperimentalFlagsProperty;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** What a build remembers: on its pages, and in its remote API. */
class BuildDeploymentsActionTest {

    static final String STEP =
            "mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV', agentGroup: 'DEV_AGENTS'";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @BeforeEach
    void acceptBuilds() {
        server.acceptAnyBuild();
    }

    @AfterEach
    void withoutUsers() throws Exception {
        jenkins.jenkins.disableSecurity();
    }

    @Test
    void aFreestyleBuildShowsItToo() throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        DeployBuilder builder = new DeployBuilder("5139");
        builder.setPatternId("11");
        builder.setDeploymentId("21");
        project.getBuildersList().add(builder);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(project);
        JSONObject created = remembered(jenkins, build.getUrl()).getJSONObject(0);
        assertThat(created.getString("pattern")).isEqualTo("#11");
        assertThat(created.getString("step")).isEqualTo("metaKraftwerkDeploy");
    }

    @Test
    void theSummaryShowsAFewAndPointsToThePageForTheRest() throws Exception {
        WorkflowRun run = run("for (int i = 1; i <= 7; i++) { mkDeploy buildId: i, patternId: 11, deploymentId: 21 }");
        assertThat(page(jenkins, run.getUrl()))
                .contains("Build 7:", "Build 3:", "All 7 deployments")
                .doesNotContain("Build 2:");
    }

    @Test
    void aBuildThatDeployedNothingShowsNothing() throws Exception {
        WorkflowRun run = run("echo 'nothing'");
        assertThat(run.getAction(BuildDeploymentsAction.class)).isNull();
        assertThat(page(jenkins, run.getUrl())).doesNotContain("MetaKraftwerk");
    }

    @Test
    void theRemoteApiSaysWhatAnOverviewSaysToo() throws Exception {
        WorkflowRun run = run(STEP);
        JSONObject inBuild = remembered(jenkins, run.getUrl()).getJSONObject(0);
        JSONObject own = jenkins.getJSON(run.getUrl() + "metakraftwerk/api/json")
                .getJSONObject()
                .getJSONArray("deployments")
                .getJSONObject(0);
        assertThat(own.toString()).isEqualTo(inBuild.toString());
        assertThat(own.getString("key")).isEqualTo(server.url() + " #11 #21");
        assertThat(own.getLong("buildDeploymentId")).isEqualTo(own.getLong("id"));
        assertThat(Instant.parse(own.getString("deployedAt")).toEpochMilli()).isEqualTo(own.getLong("time"));
        assertThat(own.getJSONObject("jenkinsBuild").getString("url")).isEqualTo(jenkins.getURL() + run.getUrl());
        assertThat(own.getString("users")).isEqualTo("[]");
    }

    @Test
    void aTabOfTheNewBuildPageLeadsThere() throws Exception {
        WorkflowRun run = run(STEP);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        User.getById("alice", true)
                .addProperty(new UserExperimentalFlagsProperty(Map.of("new-build-page.flag", "true")));
        JenkinsRule.WebClient browser =
                jenkins.createWebClient().withJavaScriptEnabled(false).login("alice");
        HtmlPage overview = browser.goTo(run.getUrl());
        HtmlAnchor tab = overview.querySelector(".app-build-tabs a[href$='metakraftwerk']");
        HtmlPage page = tab.click();
        assertThat(page.querySelectorAll(".app-build-tabs a[href$='metakraftwerk']"))
                .hasSize(1);
        assertThat(page.getBody().getTextContent())
                .contains("stand-in", "created", "DEPLOY_TO_DEV")
                .containsPattern("build deployment \\d+, upload \\d+");
    }

    private WorkflowRun run(String script) throws Exception {
        return run(jenkins, "deploy" + jenkins.jenkins.getItems().size(), script);
    }

    static WorkflowRun run(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertSuccess(job);
    }

    static JSONArray remembered(JenkinsRule jenkins, String url) throws Exception {
        JSONArray actions = jenkins.getJSON(url + "api/json").getJSONObject().getJSONArray("actions");
        for (int i = 0; i < actions.size(); i++) {
            JSONArray deployments = actions.getJSONObject(i).optJSONArray("deployments");
            if (deployments != null) {
                return deployments;
            }
        }
        return new JSONArray();
    }

    static String page(JenkinsRule jenkins, String url) throws Exception {
        return jenkins.createWebClient().goTo(url).getBody().getTextContent();
    }
}
